/** Sign-in with an OIDC issuer (OpenID Connect Core 1.0, code flow with PKCE): asked, verified, and matched to a user of ours. */
@NullMarked
package dev.patchbay.iam.internal.signin;

import org.jspecify.annotations.NullMarked;
