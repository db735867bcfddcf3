package dev.patchbay.iam.spi;

import java.net.URI;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** HTTP requests to the OIDC issuer; implemented by integrations.oidc over {@code connections.http}. */
public interface IssuerTransport {

    /** @param body JSON; a JSON string when the answer was not JSON */
    record Response(int status, JsonNode body) {}

    /** The issuer did not answer. The message holds no secret. */
    final class Unreachable extends RuntimeException {
        public Unreachable(String sentence) {
            super(sentence);
        }
    }

    /** @throws Unreachable when there is no answer */
    Response fetchMetadata(URI document);

    /** @throws Unreachable when there is no answer */
    Response fetchKeys(URI jwks);

    /** @throws Unreachable when there is no answer */
    Response fetchUserInfo(URI userinfo, String accessToken);

    /**
     * Exchanges an authorization code.
     *
     * @param authorization value of the header of that name; empty for none
     * @throws Unreachable when there is no answer
     */
    Response exchangeCode(URI token, String authorization, Map<String, String> form);
}
