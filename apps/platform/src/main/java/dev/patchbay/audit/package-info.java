/**
 * Audit: who did what, written in the transaction of the change itself, never altered, and sealed into a chain.
 * It hears {@link dev.patchbay.kernel.Auditable} and imports no context. Front doors: {@link dev.patchbay.audit.AuditTrail}
 * for those who look something up, {@link dev.patchbay.audit.AuditChain} for those who prove that it is whole.
 */
@ApplicationModule(allowedDependencies = {"iam :: access"})
@NullMarked
package dev.patchbay.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
