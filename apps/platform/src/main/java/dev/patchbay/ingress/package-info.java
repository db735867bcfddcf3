/**
 * Ingress: takes webhooks in. Verifies the raw bytes, turns them into one canonical event, stores it with its
 * de-duplication key and only then answers; hands stored events to whoever consumes them.
 * Asks vendors for what their webhooks missed (docs/polling.md).
 * Front doors: {@link dev.patchbay.ingress.Events}, {@link dev.patchbay.ingress.dispatch.Replays},
 * {@link dev.patchbay.ingress.erasure.Erasures}. Ports: {@code ingress.spi} (verifier, normaliser, poll source, consumer, personal
 * data).
 */
@ApplicationModule(allowedDependencies = {"connections", "iam :: access", "ingress :: spi"})
@NullMarked
package dev.patchbay.ingress;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
