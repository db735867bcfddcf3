/** Polls providers, by the hour or on demand, for facts whose webhooks never arrived, and reports the differences by day. */
@NullMarked
package dev.patchbay.ingress.polling;

import org.jspecify.annotations.NullMarked;
