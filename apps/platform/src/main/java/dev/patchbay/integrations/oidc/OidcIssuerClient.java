package dev.patchbay.integrations.oidc;

import dev.patchbay.connections.http.HttpCall;
import dev.patchbay.connections.http.HttpOutcome.Lost;
import dev.patchbay.connections.http.HttpOutcome.NotSent;
import dev.patchbay.connections.http.HttpOutcome.Responded;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.iam.spi.IssuerTransport;
import java.net.URI;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Sends requests to the OIDC issuer (OpenID Connect Core 1.0 and Discovery 1.0). Exchanges are not recorded, because their bodies
 * contain codes and tokens.
 */
@Component
final class OidcIssuerClient implements IssuerTransport {

    private final OutgoingHttp http;

    OidcIssuerClient(OutgoingHttp http) {
        this.http = http;
    }

    @Override
    public Response fetchMetadata(URI document) {
        return send(HttpCall.get("oidc/discovery.get", document));
    }

    @Override
    public Response fetchKeys(URI jwks) {
        return send(HttpCall.get("oidc/keys.get", jwks));
    }

    @Override
    public Response fetchUserInfo(URI userinfo, String accessToken) {
        return send(HttpCall.get("oidc/userinfo.get", userinfo).withHeader("Authorization", "Bearer " + accessToken));
    }

    @Override
    public Response exchangeCode(URI token, String authorization, Map<String, String> form) {
        HttpCall call = HttpCall.form("oidc/token.exchange", token, form);
        return send(authorization.isEmpty() ? call : call.withHeader("Authorization", authorization));
    }

    private Response send(HttpCall call) {
        return switch (http.send(call)) {
            case Responded responded -> new Response(responded.status(), responded.body());
            case NotSent notSent -> throw new Unreachable(notSent.sentence());
            case Lost lost -> throw new Unreachable(lost.sentence());
        };
    }
}
