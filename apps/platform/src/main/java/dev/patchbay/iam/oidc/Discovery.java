package dev.patchbay.iam.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import dev.patchbay.iam.oidc.SignInRefused.Reason;
import dev.patchbay.iam.spi.IssuerTransport;
import dev.patchbay.kernel.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Fetches the issuer's metadata and keys (OpenID Connect Discovery 1.0). */
@Component
class Discovery {

    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

    private final OidcSettings settings;
    private final IssuerTransport transport;
    private final Clock clock;

    Discovery(OidcSettings settings, IssuerTransport transport, Clock clock) {
        this.settings = settings;
        this.transport = transport;
        this.clock = clock;
    }

    /**
     * Fetches both now.
     *
     * @throws SignInRefused when no issuer is configured or what it publishes is invalid
     * @throws IssuerTransport.Unreachable when it does not answer
     */
    IssuerSnapshot fetch() {
        ProviderMetadata metadata = fetchMetadata();
        return new IssuerSnapshot(metadata, fetchKeys(metadata), clock.instant());
    }

    private ProviderMetadata fetchMetadata() {
        String issuer = settings.issuer();
        if (issuer.isEmpty()) {
            throw SignInRefused.because(
                    Reason.NOT_CONFIGURED,
                    "Sign-in is not configured here; the operator of this installation has to set PATCHBAY_OIDC_ISSUER.");
        }
        // A trailing slash belongs to the issuer's name, but not to the document's address (Discovery, 4.1).
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        JsonNode document = IssuerResponses.requireObject(transport.fetchMetadata(
                webAddress(base + "/.well-known/openid-configuration", "PATCHBAY_OIDC_ISSUER")));
        if (!document.path("issuer").asString("").equals(issuer)) {
            throw IssuerResponses.invalid("The sign-in service has another name than the issuer configured here.");
        }
        var authMethods = document.path("token_endpoint_auth_methods_supported");
        return new ProviderMetadata(
                endpoint(document, "authorization_endpoint"),
                endpoint(document, "token_endpoint"),
                endpoint(document, "jwks_uri"),
                document.has("userinfo_endpoint") ? endpoint(document, "userinfo_endpoint") : null,
                authMethods.isArray()
                        && authMethods
                                .valueStream()
                                .noneMatch(method -> method.asString("").equals("client_secret_basic")),
                document.path("authorization_response_iss_parameter_supported").asBoolean(false));
    }

    private static URI endpoint(JsonNode document, String member) {
        return webAddress(document.path(member).asString(""), member);
    }

    private static URI webAddress(String text, String member) {
        try {
            var uri = new URI(text);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException malformed) {
            LOG.debug("{} is not a URI", member, malformed);
        }
        throw IssuerResponses.invalid(
                "The sign-in service's " + member + " is not a web address; an operator has to check it.");
    }

    private JWKSet fetchKeys(ProviderMetadata metadata) {
        try {
            return JWKSet.parse(Json.write(IssuerResponses.requireObject(transport.fetchKeys(metadata.jwksUri()))));
        } catch (ParseException unreadable) {
            throw IssuerResponses.invalid("The keys of the sign-in service cannot be read.");
        }
    }
}
