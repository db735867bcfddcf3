/** OIDC: sends iam's requests to the issuer (IssuerTransport). An adapter only: no context imports it. */
@ApplicationModule(allowedDependencies = {"connections :: http", "iam :: spi"})
@NullMarked
package dev.patchbay.integrations.oidc;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
