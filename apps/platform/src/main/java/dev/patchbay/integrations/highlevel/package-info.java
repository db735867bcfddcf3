/**
 * HighLevel: finds and upserts contacts (CrmPort), connects and checks accounts, verifies and maps webhooks, and polls for events
 * that they missed. HighLevel's names stay in this package (ADR 0008). An adapter only: no context imports it.
 */
@ApplicationModule(
        allowedDependencies = {
            "connections",
            "connections :: http",
            "connections :: spi",
            "effects :: spi",
            "ingress :: spi"
        })
@NullMarked
package dev.patchbay.integrations.highlevel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
