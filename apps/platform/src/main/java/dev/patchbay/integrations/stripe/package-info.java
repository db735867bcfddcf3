/** Stripe: checks accounts, verifies webhooks and maps those that billing needs. An adapter only: no context imports it. */
@ApplicationModule(allowedDependencies = {"connections", "connections :: http", "connections :: spi", "ingress :: spi"})
@NullMarked
package dev.patchbay.integrations.stripe;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
