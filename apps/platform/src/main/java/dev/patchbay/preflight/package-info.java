/**
 * Preflight: in prod, refuses to start with an unsafe configuration, with a remedy for each problem. It has no entry point:
 * {@link dev.patchbay.preflight.Preflight} checks the settings, {@link dev.patchbay.preflight.DemoTenantCheck} the database.
 */
@ApplicationModule(allowedDependencies = {"iam :: tenants"})
@NullMarked
package dev.patchbay.preflight;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
