/**
 * Usage: the quantity and cost of each call, message and generation as its provider stated them, and the client to which they
 * belong (docs/usage.md). The context collects providers' statements, keeps them as immutable records under one gapless
 * sequence per client, sums them by day, and reconciles them with the provider's invoice. It sets no prices. Its own
 * controllers use the packages by subject: collection, records, reports, reconciliation. Port:
 * {@link dev.patchbay.usage.spi.UsageSource}, implemented by integrations.
 */
@ApplicationModule(
        allowedDependencies = {
            "connections",
            "iam :: access",
            "iam :: tenants",
            "ingress",
            "ingress :: spi",
            "usage :: spi"
        })
@NullMarked
package dev.patchbay.usage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
