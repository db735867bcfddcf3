/** Retell: verifies its webhooks, turns its calls into canonical events and asks for those we missed. An adapter only: no context imports it. */
@ApplicationModule(allowedDependencies = {"ingress :: spi", "connections", "connections :: spi", "connections :: http"})
@NullMarked
package dev.patchbay.integrations.retell;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
