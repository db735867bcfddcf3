/** OpenRouter: checks its accounts. An adapter only: no context imports it. */
@ApplicationModule(allowedDependencies = {"connections", "connections :: http", "connections :: spi", "usage :: spi"})
@NullMarked
package dev.patchbay.integrations.openrouter;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
