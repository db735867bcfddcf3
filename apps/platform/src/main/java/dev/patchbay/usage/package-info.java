/**
 * Usage: what each call, message and generation used and cost, as its provider stated it, and for which client (docs/usage.md).
 * Collects providers' statements, keeps them as immutable records under one gapless sequence per client, sums them by day, and
 * reconciles them with the provider's invoice. Prices nothing.
 * Its own controllers use the packages by subject: collection, records, reports, reconciliation. Port:
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
