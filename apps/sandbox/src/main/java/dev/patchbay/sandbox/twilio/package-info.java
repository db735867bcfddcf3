/**
 * Twilio: text messages with status callbacks and opt-outs, and the numbers of an account, under {@code /twilio}.
 * Entry points: {@link dev.patchbay.sandbox.twilio.Twilio}, the API, and
 * {@link dev.patchbay.sandbox.twilio.SimulatedCallers}, by which scripts send texts to a number and place calls.
 * Webhooks are forms, signed with HMAC-SHA1, and attempted twice.
 */
@NullMarked
package dev.patchbay.sandbox.twilio;

import org.jspecify.annotations.NullMarked;
