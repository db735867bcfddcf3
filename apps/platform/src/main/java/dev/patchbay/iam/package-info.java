/**
 * Identity and access: the agencies, the businesses they serve, and who may do what.
 * Front doors: {@link dev.patchbay.iam.Tenants}, {@link dev.patchbay.iam.Clients}, {@link dev.patchbay.iam.ServiceTokens}.
 * A controller takes {@link dev.patchbay.iam.Caller} as an argument; {@code iam.web} decides who gets that far.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.patchbay.iam;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
