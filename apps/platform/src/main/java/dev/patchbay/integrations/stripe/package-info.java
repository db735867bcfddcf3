/** Stripe: verifies its webhooks and turns what billing needs of them into canonical events. An adapter only: no context imports it. */
@ApplicationModule(allowedDependencies = {"connections", "connections :: http", "connections :: spi", "ingress :: spi"})
@NullMarked
package dev.patchbay.integrations.stripe;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
