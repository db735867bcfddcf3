/** n8n: checks its accounts. An adapter only: no context imports it. */
@ApplicationModule(allowedDependencies = {"connections", "connections :: http", "connections :: spi"})
@NullMarked
package dev.patchbay.integrations.n8n;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
