/**
 * Flags: which features are released to whom (ADR 0032). The registry file names the features and their stages; lists of tenants
 * and users, and switches, are kept in the operators' tenant.
 * Entry points: {@link dev.patchbay.flags.Flags} for code, by the generated {@link dev.patchbay.flags.FeatureFlag};
 * {@link dev.patchbay.flags.FlagAdministration} for operators. OpenFeature clients get a provider, remote ones OFREP.
 */
@ApplicationModule(allowedDependencies = {"iam :: access", "iam :: tenants"})
@NullMarked
package dev.patchbay.flags;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
