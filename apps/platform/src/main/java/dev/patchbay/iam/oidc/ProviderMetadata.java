package dev.patchbay.iam.oidc;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The members we use of an issuer's discovery document (OpenID Connect Discovery 1.0, 3).
 *
 * @param userInfoEndpoint null when the issuer has none
 * @param clientSecretInForm whether the token endpoint takes the client secret in the form only ({@code client_secret_post})
 * @param sendsIssuer whether each authorization response carries {@code iss} (RFC 9207)
 */
record ProviderMetadata(
        URI authorizationEndpoint,
        URI tokenEndpoint,
        URI jwksUri,
        @Nullable URI userInfoEndpoint,
        boolean clientSecretInForm,
        boolean sendsIssuer) {}
