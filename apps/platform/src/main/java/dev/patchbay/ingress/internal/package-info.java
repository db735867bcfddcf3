/** Retention of events: monthly partitions and expired rows. */
@NullMarked
package dev.patchbay.ingress.internal;

import org.jspecify.annotations.NullMarked;
