/**
 * Demo: in development only, an agency with two clients whose providers are the sandbox, so that a first call can be placed a
 * minute after the first start. {@link dev.patchbay.demo.DemoData} creates it by the entry points of other contexts and owns no
 * table. {@link dev.patchbay.demo.SandboxDefaults} is the only place that configures the sandbox.
 */
@ApplicationModule(
        allowedDependencies = {
            "connections",
            "flows :: definition",
            "iam",
            "iam :: access",
            "iam :: people",
            "iam :: tenants",
            "iam :: tokens"
        })
@NullMarked
package dev.patchbay.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
