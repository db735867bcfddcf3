/**
 * Sandbox: stateful stand-ins for seven vendors, with faults on demand and state that survives a crash.
 * Entry point: {@link dev.patchbay.sandbox.Sandbox}; scripts use the control API under {@code /_sandbox}.
 * The vendors are Retell, HighLevel, Google, Twilio, Stripe, n8n and OpenRouter. Each has a package of its own and its own
 * first path segment: {@code /retell}, {@code /highlevel}, {@code /google}, {@code /twilio}, {@code /stripe}, {@code /n8n},
 * {@code /openrouter}. Package {@code mail} receives e-mail; package {@code core} has what they are all built from.
 * Neighbours: none. The sandbox does not depend on the platform, which meets it over HTTP and SMTP only.
 */
@NullMarked
package dev.patchbay.sandbox;

import org.jspecify.annotations.NullMarked;
