/**
 * Preflight: in prod, what would be unsafe is refused at start, each with its cure, before anything is opened or answered.
 * It has no front door: {@link dev.patchbay.preflight.Preflight} reads the settings, {@link dev.patchbay.preflight.DemoTenantCheck}
 * the database.
 */
@ApplicationModule(allowedDependencies = {"iam :: tenants"})
@NullMarked
package dev.patchbay.preflight;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
