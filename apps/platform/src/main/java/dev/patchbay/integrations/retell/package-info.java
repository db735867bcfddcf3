/**
 * Retell: checks accounts, verifies and maps webhooks, answers live calls, polls for missed events and lists what calls cost. An
 * adapter only: no context imports it.
 */
@ApplicationModule(
        allowedDependencies = {
            "connections",
            "connections :: http",
            "connections :: spi",
            "ingress :: spi",
            "usage :: spi"
        })
@NullMarked
package dev.patchbay.integrations.retell;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
