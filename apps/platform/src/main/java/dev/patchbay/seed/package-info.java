/**
 * Seed: in development only, an agency with two clients whose providers are the sandbox, so that the first call can
 * be placed a minute after the first start. It uses the other contexts' front doors and owns no table.
 */
@ApplicationModule(allowedDependencies = {"iam", "connections", "flows"})
@NullMarked
package dev.patchbay.seed;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
