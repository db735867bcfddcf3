package dev.patchbay.iam.oidc;

import dev.patchbay.iam.oidc.SignInRefused.Reason;
import dev.patchbay.iam.spi.IssuerTransport;
import dev.patchbay.kernel.Hashing;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Exchanges an authorization code for tokens at the issuer (RFC 6749, 4.1.3). */
@Component
class TokenEndpoint {

    private final OidcSettings client;
    private final IssuerCache issuer;
    private final IssuerTransport transport;

    TokenEndpoint(OidcSettings client, IssuerCache issuer, IssuerTransport transport) {
        this.client = client;
        this.issuer = issuer;
        this.transport = transport;
    }

    /** Empty texts for what the issuer did not send. */
    record Tokens(String idToken, String accessToken) {

        @Override
        public String toString() {
            return "Tokens";
        }
    }

    /**
     * @param redirectUri as in the authorization request
     * @param verifier of PKCE (RFC 7636)
     * @throws SignInRefused when the issuer refuses the code or our client
     */
    Tokens exchange(String code, URI redirectUri, String verifier) {
        ProviderMetadata metadata = issuer.current().metadata();
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirectUri.toString());
        form.put("code_verifier", verifier);
        String authorization = "";
        if (client.isPublicClient() || metadata.clientSecretInForm()) {
            form.put("client_id", client.clientId());
        }
        if (!client.isPublicClient() && metadata.clientSecretInForm()) {
            form.put("client_secret", client.clientSecret());
        } else if (!client.isPublicClient()) {
            // Both halves are form-encoded first (RFC 6749, 2.3.1).
            String pair = FormEncoding.encode(client.clientId()) + ":" + FormEncoding.encode(client.clientSecret());
            authorization = "Basic " + Base64.getEncoder().encodeToString(Hashing.utf8(pair));
        }
        JsonNode tokens = requireTokens(transport.exchangeCode(metadata.tokenEndpoint(), authorization, form));
        return new Tokens(
                tokens.path("id_token").asString(""),
                tokens.path("access_token").asString(""));
    }

    private static JsonNode requireTokens(IssuerTransport.Response response) {
        String error = response.body().path("error").asString("");
        if (error.equals("invalid_client")) {
            throw SignInRefused.because(
                    Reason.INVALID_CLIENT,
                    "The sign-in service refuses Patchbay's own client id or secret; an operator has to check"
                            + " PATCHBAY_OIDC_CLIENT_ID and PATCHBAY_OIDC_CLIENT_SECRET.",
                    error);
        }
        if (response.status() / 100 == 4) {
            throw SignInRefused.because(
                    Reason.INVALID_GRANT,
                    "The sign-in service did not accept this sign-in; it may have been used before.",
                    error);
        }
        return IssuerResponses.requireObject(response);
    }
}
