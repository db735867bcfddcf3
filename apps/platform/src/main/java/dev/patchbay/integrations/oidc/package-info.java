/** The way to the OIDC issuer (IssuerTransport), over the one way out. An adapter only: no context imports it. */
@ApplicationModule(allowedDependencies = {"connections :: http", "iam :: spi"})
@NullMarked
package dev.patchbay.integrations.oidc;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
