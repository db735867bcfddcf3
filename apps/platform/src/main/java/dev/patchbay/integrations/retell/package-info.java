/** Retell: verifies its webhooks, turns its calls into canonical events and asks for those we missed. An adapter only: no context imports it. */
@ApplicationModule(allowedDependencies = {"connections", "connections :: http", "connections :: spi", "ingress :: spi"})
@NullMarked
package dev.patchbay.integrations.retell;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
