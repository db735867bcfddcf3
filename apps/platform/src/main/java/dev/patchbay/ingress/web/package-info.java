/** Where webhooks enter, and where stored events are read. */
@NullMarked
package dev.patchbay.ingress.web;

import org.jspecify.annotations.NullMarked;
