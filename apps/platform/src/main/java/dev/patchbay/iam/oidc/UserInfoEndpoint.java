package dev.patchbay.iam.oidc;

import dev.patchbay.iam.oidc.SignInRefused.Reason;
import dev.patchbay.iam.spi.IssuerTransport;
import dev.patchbay.kernel.Json;
import java.net.URI;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads claims that the ID token lacks from the issuer's UserInfo endpoint (OpenID Connect Core 1.0, 5.3). */
@Component
class UserInfoEndpoint {

    private final IssuerCache issuer;
    private final IssuerTransport transport;

    UserInfoEndpoint(IssuerCache issuer, IssuerTransport transport) {
        this.issuer = issuer;
        this.transport = transport;
    }

    /**
     * The claims; an empty object when the issuer has no such endpoint or sent no access token.
     *
     * @throws SignInRefused when they are about another subject (5.3.2)
     */
    JsonNode fetchClaims(String subject, String accessToken) {
        URI endpoint = issuer.current().metadata().userInfoEndpoint();
        if (endpoint == null || accessToken.isEmpty()) {
            return Json.object();
        }
        JsonNode claims = IssuerResponses.requireObject(transport.fetchUserInfo(endpoint, accessToken));
        if (!claims.path("sub").asString("").equals(subject)) {
            throw SignInRefused.because(
                    Reason.INVALID_ID_TOKEN,
                    "The sign-in service returned the claims of another account; start again.");
        }
        return claims;
    }
}
