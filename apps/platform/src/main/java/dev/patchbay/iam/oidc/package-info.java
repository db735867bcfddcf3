/**
 * The OpenID Connect client: discovery, authorization request with PKCE, token exchange and ID token validation.
 * {@link dev.patchbay.iam.oidc.OidcClient} is its entry point and yields a {@link dev.patchbay.iam.oidc.VerifiedIdentity}. Requests go out by
 * {@link dev.patchbay.iam.spi.IssuerTransport}. Internal to iam.
 */
@NullMarked
package dev.patchbay.iam.oidc;

import org.jspecify.annotations.NullMarked;
