/**
 * HighLevel: keeps contacts (CrmPort), verifies and reads its webhooks, and is asked for what they missed. Its words stay in this package (ADR 0008). An adapter
 * only: no context imports it.
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
