package dev.patchbay.iam.oidc;

import dev.patchbay.iam.oidc.SignInRefused.Reason;
import dev.patchbay.iam.spi.IssuerTransport.Unreachable;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.Settings;
import java.net.URI;
import java.util.LinkedHashMap;
import org.springframework.stereotype.Component;

/** The authorization code flow with PKCE at the configured issuer (OpenID Connect Core 1.0, 3.1; RFC 7636). */
@Component
public class OidcClient {

    private static final String SCOPES = "openid email profile";

    private final OidcSettings client;
    private final Settings settings;
    private final IssuerCache issuer;
    private final TokenEndpoint tokenEndpoint;
    private final IdTokenVerifier idTokens;

    OidcClient(
            OidcSettings client,
            Settings settings,
            IssuerCache issuer,
            TokenEndpoint tokenEndpoint,
            IdTokenVerifier idTokens) {
        this.client = client;
        this.settings = settings;
        this.issuer = issuer;
        this.tokenEndpoint = tokenEndpoint;
        this.idTokens = idTokens;
    }

    private URI redirectUri() {
        return URI.create(settings.publicUrl() + "/sign-in/callback");
    }

    /**
     * The authorization request, as the address that the browser is sent to.
     *
     * @param verifier of PKCE; the request carries its SHA-256
     * @throws SignInRefused when no issuer is configured or what it publishes is invalid
     * @throws Unreachable when it does not answer
     */
    public URI authorizationUri(String state, String nonce, String verifier) {
        var query = new LinkedHashMap<String, String>();
        query.put("response_type", "code");
        query.put("client_id", client.clientId());
        query.put("redirect_uri", redirectUri().toString());
        query.put("scope", SCOPES);
        query.put("state", state);
        query.put("nonce", nonce);
        query.put("code_challenge", Secret.encode(Secret.hash(verifier)));
        query.put("code_challenge_method", "S256");
        if (!client.prompt().isEmpty()) {
            query.put("prompt", client.prompt());
        }
        if (!client.hostedDomain().isEmpty()) {
            query.put("hd", client.hostedDomain());
        }
        String endpoint = issuer.current().metadata().authorizationEndpoint().toString();
        return URI.create(endpoint + (endpoint.contains("?") ? "&" : "?") + FormEncoding.encode(query));
    }

    /**
     * Exchanges the code and verifies the ID token.
     *
     * @param responseIssuer {@code iss} of the authorization response (RFC 9207); empty text when it had none
     * @throws SignInRefused when the issuer refuses the code, or the response or the ID token is invalid
     * @throws Unreachable when the issuer does not answer
     */
    public VerifiedIdentity authenticate(String code, String responseIssuer, String nonce, String verifier) {
        boolean issuerMatches = responseIssuer.isEmpty()
                ? !issuer.current().metadata().sendsIssuer()
                : responseIssuer.equals(client.issuer());
        if (!issuerMatches) {
            throw SignInRefused.because(
                    Reason.ISSUER_MISMATCH,
                    "The answer came from another sign-in service than the configured one; start again.");
        }
        var tokens = tokenEndpoint.exchange(code, redirectUri(), verifier);
        return idTokens.verify(tokens.idToken(), nonce, tokens.accessToken());
    }
}
