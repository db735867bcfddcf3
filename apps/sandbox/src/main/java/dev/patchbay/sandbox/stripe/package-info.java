/**
 * Stripe: events under {@code /stripe}, which scripts trigger and callers get and list.
 * Entry point: {@link dev.patchbay.sandbox.stripe.Stripe}.
 * Webhooks are signed with a timestamp and {@code v1}, and attempted up to five times.
 */
@NullMarked
package dev.patchbay.sandbox.stripe;

import org.jspecify.annotations.NullMarked;
