/**
 * Idempotency: the same {@code Idempotency-Key} and the same request get the same answer, on every POST under /api/v1
 * (docs/idempotency.md; draft-ietf-httpapi-idempotency-key-header). No front door: a filter before all controllers.
 * Neighbours: iam (whose key it is), connections (seals answers).
 */
@ApplicationModule(allowedDependencies = {"connections", "iam :: access"})
@NullMarked
package dev.patchbay.idempotency;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
