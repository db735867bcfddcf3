package dev.patchbay.iam.oidc;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The OpenID Connect issuer and our client there.
 *
 * @param issuer as its discovery document spells it ({@code PATCHBAY_OIDC_ISSUER}); empty: nobody can sign in
 * @param clientId our client at the issuer ({@code PATCHBAY_OIDC_CLIENT_ID})
 * @param clientSecret empty for a public client ({@code PATCHBAY_OIDC_CLIENT_SECRET})
 * @param hostedDomain only accounts of this Google Workspace ({@code PATCHBAY_OIDC_HOSTED_DOMAIN}); empty: any
 * @param prompt the {@code prompt} parameter ({@code PATCHBAY_OIDC_PROMPT}): by default the issuer offers a choice of
 *     accounts; empty for an issuer that does not support that
 */
@ConfigurationProperties("patchbay.oidc")
record OidcSettings(
        @DefaultValue("") String issuer,
        @DefaultValue("") String clientId,
        @DefaultValue("") String clientSecret,
        @DefaultValue("") String hostedDomain,
        @DefaultValue("select_account") String prompt) {

    boolean isPublicClient() {
        return clientSecret.isEmpty();
    }

    @Override
    public String toString() {
        return "OidcSettings[" + issuer + ", " + clientId + "]";
    }
}
