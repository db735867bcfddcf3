/**
 * Turns webhooks into stored events: authenticate, normalise, validate, deduplicate, store. Entry point:
 * {@link dev.patchbay.ingress.ingestion.EventIngestion}, used by the controllers, by live calls and by polling.
 */
@NullMarked
package dev.patchbay.ingress.ingestion;

import org.jspecify.annotations.NullMarked;
