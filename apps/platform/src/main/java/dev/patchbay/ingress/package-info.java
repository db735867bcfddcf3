/**
 * Ingress: receives webhooks. Authenticates the raw bytes, normalises them into one canonical event, stores it with its
 * deduplication key and only then answers; dispatches stored events to their consumers. Polls providers for facts whose
 * webhooks never arrived (docs/polling.md). Entry point for other contexts: {@link dev.patchbay.ingress.Events}. Its own
 * controllers use the packages of their subjects: ingestion, live, dispatch, polling, erasure. Ports: {@code ingress.spi}
 * (verifier, normaliser, poll source, live protocol, consumer, personal data).
 */
@ApplicationModule(allowedDependencies = {"connections", "iam :: access", "iam :: tenants", "ingress :: spi"})
@NullMarked
package dev.patchbay.ingress;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
