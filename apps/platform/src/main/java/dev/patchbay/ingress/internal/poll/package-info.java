/** Asks vendors, by the hour or on demand, for what their webhooks missed, and keeps count of it. */
@NullMarked
package dev.patchbay.ingress.internal.poll;

import org.jspecify.annotations.NullMarked;
