/**
 * How a session comes to be: sign-in with the OpenID Connect issuer ({@link dev.patchbay.iam.signin.SignIns}), switching to another tenant
 * ({@link dev.patchbay.iam.signin.TenantSwitch}) and impersonation ({@link dev.patchbay.iam.signin.ImpersonationSessions}).
 * The protocol itself is in {@code iam.oidc} (docs/sign-in.md).
 */
@NamedInterface("signin")
@NullMarked
package dev.patchbay.iam.signin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
