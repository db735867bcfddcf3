/**
 * Seed: in development only, an agency with two clients whose providers are the sandbox, so that the first call can
 * be placed a minute after the first start. It uses the other contexts' front doors and owns no table.
 */
@ApplicationModule(
        allowedDependencies = {
            "connections",
            "flows",
            "iam :: access",
            "iam :: people",
            "iam :: signin",
            "iam :: tenants",
            "iam :: tokens"
        })
@NullMarked
package dev.patchbay.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
