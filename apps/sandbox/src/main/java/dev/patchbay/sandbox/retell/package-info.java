/**
 * Retell: voice agents, calls and their webhooks, as retell-sdk uses them under {@code /retell}.
 * Entry points: {@link dev.patchbay.sandbox.retell.Retell}, the API, and
 * {@link dev.patchbay.sandbox.retell.RetellCalls}, by which scripts place calls.
 * Webhooks: {@code call_started}, {@code call_ended} and {@code call_analyzed}, signed, with up to four attempts each.
 * A ringing call can ask for {@code call_inbound} and call an agent's custom functions.
 */
@NullMarked
package dev.patchbay.sandbox.retell;

import org.jspecify.annotations.NullMarked;
