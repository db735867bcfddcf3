package dev.patchbay.iam.signin;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import dev.patchbay.iam.signin.Discovery.Metadata;
import dev.patchbay.iam.signin.SignInRefused.Reason;
import dev.patchbay.iam.spi.IssuerTransport;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The OIDC issuer: where people go to sign in, and what it gives for a code. */
@Component
class Issuer {

    private static final String SCOPES = "openid email profile";

    private final SignInSettings settings;
    private final IssuerTransport transport;
    private final Discovery discovery;

    Issuer(SignInSettings settings, IssuerTransport transport, Discovery discovery) {
        this.settings = settings;
        this.transport = transport;
        this.discovery = discovery;
    }

    /** @throws SignInRefused when none is named */
    SignInSettings.Oidc client() {
        return discovery.client();
    }

    /** Whether it says in every answer who it is (RFC 9207). */
    boolean namesItself() {
        return metadata().namesItself();
    }

    private Metadata metadata() {
        return discovery.current().metadata();
    }

    /** The issuer's keys that fit; it is asked once more for one that we do not know, since keys rotate. */
    List<JWK> select(JWKSelector selector) {
        var known = discovery.current();
        List<JWK> fitting = selector.select(known.keys());
        return fitting.isEmpty() ? selector.select(discovery.otherThan(known).keys()) : fitting;
    }

    /** Where the browser goes. */
    URI authorization(String state, String nonce, String verifier) {
        var client = client();
        var query = new LinkedHashMap<String, String>();
        query.put("response_type", "code");
        query.put("client_id", client.clientId());
        query.put("redirect_uri", settings.callback().toString());
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
        String at = metadata().authorization().toString();
        return URI.create(at + (at.contains("?") ? "&" : "?") + encoded(query));
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * What the issuer tells beside the ID token, about the same person only (OpenID Connect Core 1.0, 5.3.2); an empty object
     * when it tells nothing.
     */
    JsonNode told(String subject, String accessToken) {
        URI userinfo = metadata().userinfo();
        if (userinfo == null || accessToken.isEmpty()) {
            return Json.object();
        }
        JsonNode told = Discovery.read(transport.person(userinfo, accessToken));
        if (!told.path("sub").asString("").equals(subject)) {
            throw SignInRefused.because(
                    Reason.TOKEN_REFUSED, "The sign-in service told about somebody else; start again.");
        }
        return told;
    }

    /** What the issuer gives for the code: {@code id_token} and {@code access_token}. */
    JsonNode exchange(String code, String verifier) {
        var client = client();
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", settings.callback().toString());
        form.put("code_verifier", verifier);
        String authorization = "";
        if (client.clientSecret().isEmpty() || metadata().byForm()) {
            form.put("client_id", client.clientId());
        }
        if (!client.clientSecret().isEmpty() && metadata().byForm()) {
            form.put("client_secret", client.clientSecret());
        } else if (!client.clientSecret().isEmpty()) {
            // Both halves are form-encoded first (RFC 6749, 2.3.1).
            String pair = encoded(client.clientId()) + ":" + encoded(client.clientSecret());
            authorization = "Basic " + Base64.getEncoder().encodeToString(Hashing.utf8(pair));
        }
        var response = transport.exchange(metadata().token(), authorization, form);
        String error = response.body().path("error").asString("");
        if (error.equals("invalid_client")) {
            throw SignInRefused.because(
                    Reason.CLIENT_REFUSED,
                    "Patchbay's own client id or secret is refused by the sign-in service; an operator has to look at"
                            + " PATCHBAY_OIDC_CLIENT_ID and PATCHBAY_OIDC_CLIENT_SECRET.",
                    error);
        }
        if (response.status() / 100 == 4) {
            throw SignInRefused.because(
                    Reason.CODE_REFUSED,
                    "The sign-in service did not accept this sign-in; it may have been used before.",
                    error);
        }
        return Discovery.read(response);
    }
}
