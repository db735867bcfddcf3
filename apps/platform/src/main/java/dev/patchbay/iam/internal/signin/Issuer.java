package dev.patchbay.iam.internal.signin;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import dev.patchbay.iam.SignInSettings;
import dev.patchbay.iam.spi.IssuerTransport;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The OIDC issuer: where it is (OpenID Connect Discovery 1.0), its keys, and what it gives for a code. */
@Component
class Issuer {

    private static final Duration KEPT = Duration.ofHours(1);
    private static final String SCOPES = "openid email profile";

    private final SignInSettings settings;
    private final IssuerTransport transport;
    private final Clock clock;
    private volatile @Nullable Known known;

    Issuer(SignInSettings settings, IssuerTransport transport, Clock clock) {
        this.settings = settings;
        this.transport = transport;
        this.clock = clock;
    }

    private record Known(Metadata metadata, JWKSet keys, Instant at) {}

    /**
     * @param userinfo where it tells about people; null when it does not
     * @param byForm whether it takes our secret in the form only
     * @param namesItself whether it says in every answer who it is (RFC 9207)
     */
    record Metadata(
            URI authorization,
            URI token,
            URI jwks,
            @Nullable URI userinfo,
            boolean byForm,
            boolean namesItself) {}

    /** @throws dev.patchbay.kernel.Problem {@code 403.sign_in_refused} when none is named */
    SignInSettings.Oidc client() {
        return settings.issuer()
                .orElseThrow(() -> Refused.because(
                        "No way to sign in is set up here; whoever runs this installation sets PATCHBAY_OIDC_ISSUER."));
    }

    Metadata metadata() {
        return current().metadata();
    }

    private Known current() {
        var last = known;
        return last != null && last.at().plus(KEPT).isAfter(clock.instant()) ? last : ask();
    }

    private Known ask() {
        String issuer = client().issuer();
        JsonNode found = read(transport.discover(URI.create(issuer + "/.well-known/openid-configuration")));
        if (!found.path("issuer").asString("").equals(issuer)) {
            throw Refused.because("The sign-in service calls itself otherwise than it is set up here.");
        }
        var methods = found.path("token_endpoint_auth_methods_supported");
        var metadata = new Metadata(
                address(found, "authorization_endpoint"),
                address(found, "token_endpoint"),
                address(found, "jwks_uri"),
                found.has("userinfo_endpoint") ? address(found, "userinfo_endpoint") : null,
                methods.isArray()
                        && methods.valueStream().noneMatch(it -> it.asString("").equals("client_secret_basic")),
                found.path("authorization_response_iss_parameter_supported").asBoolean(false));
        var fresh = new Known(metadata, keys(metadata), clock.instant());
        known = fresh;
        return fresh;
    }

    private static URI address(JsonNode found, String member) {
        String text = found.path(member).asString("");
        if (!text.startsWith("https://") && !text.startsWith("http://")) {
            throw Refused.because("The sign-in service does not say its " + member + ".");
        }
        return URI.create(text);
    }

    private JWKSet keys(Metadata metadata) {
        try {
            return JWKSet.parse(Json.write(read(transport.keys(metadata.jwks()))));
        } catch (ParseException unreadable) {
            throw Refused.because("The keys of the sign-in service cannot be read.");
        }
    }

    private static JsonNode read(IssuerTransport.Answer answer) {
        if (answer.status() != 200 || !answer.body().isObject()) {
            throw Refused.because("The sign-in service answered " + answer.status() + "; try again in a moment.");
        }
        return answer.body();
    }

    /** The issuer's keys that fit; it is asked once more for one that we do not know, since keys rotate. */
    List<JWK> select(JWKSelector selector) {
        List<JWK> fitting = selector.select(current().keys());
        return fitting.isEmpty() ? selector.select(ask().keys()) : fitting;
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
        JsonNode told = read(transport.person(userinfo, accessToken));
        if (!told.path("sub").asString("").equals(subject)) {
            throw Refused.because("The sign-in service told about somebody else; start again.");
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
            authorization = "Basic " + Base64.getEncoder().encodeToString(Json.utf8(pair));
        }
        var answer = transport.exchange(metadata().token(), authorization, form);
        if (answer.status() / 100 == 4) {
            throw Refused.because("The sign-in service did not accept this sign-in; it may have been used before.");
        }
        return read(answer);
    }
}
