/**
 * Audit: who did what, written in the transaction of the change itself, never altered, and sealed into a chain of hashes.
 * It listens to {@link dev.patchbay.kernel.Auditable} and knows no other context but iam. Entry points: {@link dev.patchbay.audit.AuditTrail} to look
 * entries up, {@link dev.patchbay.audit.AuditChain} to export and verify the chain.
 */
@ApplicationModule(allowedDependencies = {"iam :: access"})
@NullMarked
package dev.patchbay.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
