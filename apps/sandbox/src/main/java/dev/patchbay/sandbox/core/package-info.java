/**
 * Core: what every stand-in is built from. It knows no vendor.
 * A {@link dev.patchbay.sandbox.core.Vendor} lists its {@link dev.patchbay.sandbox.core.Route}s, keeps its records in the
 * {@link dev.patchbay.sandbox.core.Store}, rejects requests by a {@link dev.patchbay.sandbox.core.VendorError} and sends
 * webhooks by {@link dev.patchbay.sandbox.core.WebhookDelivery}.
 * {@link dev.patchbay.sandbox.core.Faults} holds the armed faults.
 */
@NullMarked
package dev.patchbay.sandbox.core;

import org.jspecify.annotations.NullMarked;
