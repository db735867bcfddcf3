/**
 * Idempotency: the same {@code Idempotency-Key} and the same request get the same response, on every POST under /api/v1
 * (docs/idempotency.md; draft-ietf-httpapi-idempotency-key-header). It has no entry point: a filter runs before all controllers.
 * Neighbours: iam (the caller that a key belongs to), connections (seals stored responses).
 */
@ApplicationModule(allowedDependencies = {"connections", "iam :: access"})
@NullMarked
package dev.patchbay.idempotency;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
