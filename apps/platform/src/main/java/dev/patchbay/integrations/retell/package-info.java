/** Retell: verifies its webhooks and turns its calls into canonical events. An adapter only: no context imports it. */
@ApplicationModule(allowedDependencies = {"ingress :: spi", "connections"})
@NullMarked
package dev.patchbay.integrations.retell;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
