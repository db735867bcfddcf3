/**
 * Live calls: answers the voice provider while somebody is on the phone, with how an incoming call is taken and with the
 * functions that its agent calls. Implements {@link dev.patchbay.ingress.spi.LiveCalls}.
 */
@NullMarked
package dev.patchbay.flows.internal.live;

import org.jspecify.annotations.NullMarked;
