package dev.patchbay.iam.spi;

import java.net.URI;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** How the OIDC issuer is reached; implemented by integrations.oidc over the one way out. */
public interface IssuerTransport {

    /** @param body JSON; a JSON string when it was none */
    record Response(int status, JsonNode body) {}

    /** The issuer could not be asked, or its answer was lost. The sentence holds no secret. */
    final class Unreachable extends RuntimeException {
        public Unreachable(String sentence) {
            super(sentence);
        }
    }

    /** @throws Unreachable when there is no answer */
    Response fetchMetadata(URI document);

    /** @throws Unreachable when there is no answer */
    Response fetchKeys(URI jwks);

    /**
     * What the issuer tells about the person whose access token it is.
     *
     * @throws Unreachable when there is no answer
     */
    Response fetchUserInfo(URI userinfo, String accessToken);

    /**
     * Exchanges an authorization code.
     *
     * @param authorization value of the header of that name; empty for none
     * @throws Unreachable when there is no answer
     */
    Response exchangeCode(URI token, String authorization, Map<String, String> form);
}
