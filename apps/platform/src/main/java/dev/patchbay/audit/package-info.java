/**
 * Audit: who did what, written in the transaction of the change itself and never altered.
 * It hears {@link dev.patchbay.kernel.Auditable} and imports no context. Read it at {@code GET /api/v1/audit}.
 */
@ApplicationModule(allowedDependencies = {"iam"})
@NullMarked
package dev.patchbay.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
