package dev.patchbay.iam.oidc;

import dev.patchbay.iam.signin.SignInSettings;
import com.nimbusds.jose.jwk.JWKSet;
import dev.patchbay.iam.oidc.SignInRefused.Reason;
import dev.patchbay.iam.spi.IssuerTransport;
import dev.patchbay.iam.spi.IssuerTransport.Unreachable;
import dev.patchbay.kernel.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * What the issuer says of itself (OpenID Connect Discovery 1.0) and its keys. One at a time asks; while it cannot be asked, what
 * it said last holds, and it is left alone for a moment.
 */
@Component
public class Discovery {

    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration LEFT_ALONE = Duration.ofSeconds(10);

    private final SignInSettings settings;
    private final IssuerTransport transport;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable IssuerSnapshot issuerSnapshot;
    private @Nullable Failure failure;

    public Discovery(SignInSettings settings, IssuerTransport transport, Clock clock) {
        this.settings = settings;
        this.transport = transport;
        this.clock = clock;
    }

    record IssuerSnapshot(ProviderMetadata metadata, JWKSet keys, Instant at) {}

    private record Failure(RuntimeException why, Instant at) {}

    /**
     * @param userinfo where it tells about people; null when it does not
     * @param byForm whether it takes our secret in the form only
     * @param namesItself whether it says in every answer who it is (RFC 9207)
     */
    record ProviderMetadata(
            URI authorization,
            URI token,
            URI jwks,
            @Nullable URI userinfo,
            boolean byForm,
            boolean namesItself) {}

    /** @throws SignInRefused when none is named */
    SignInSettings.OidcSettings client() {
        return settings.issuer()
                .orElseThrow(() -> SignInRefused.because(
                        Reason.NOT_SET_UP,
                        "No way to sign in is set up here; whoever runs this installation sets PATCHBAY_OIDC_ISSUER."));
    }

    /** Not older than an hour, unless the issuer cannot be asked or somebody is asking it. */
    IssuerSnapshot current() {
        IssuerSnapshot last = issuerSnapshot;
        if (last == null) {
            return refreshUnlessNewerThan(null);
        }
        if (last.at().plus(KEPT).isAfter(clock.instant()) || asking.isLocked()) {
            return last;
        }
        try {
            return refreshUnlessNewerThan(last);
        } catch (SignInRefused | Unreachable unchanged) {
            LOG.warn("the sign-in service was not asked anew: {}", unchanged.getMessage());
            return last;
        }
    }

    /**
     * What it says now, when what was seen before is not enough.
     *
     * @throws SignInRefused or {@link Unreachable} when it cannot be asked, or could not a moment ago
     */
    IssuerSnapshot refreshUnlessNewerThan(@Nullable IssuerSnapshot seen) {
        asking.lock();
        try {
            IssuerSnapshot last = issuerSnapshot;
            // Whoever asked while we waited asked for us too.
            return last == null || last.equals(seen) ? ask() : last;
        } finally {
            asking.unlock();
        }
    }

    private IssuerSnapshot ask() {
        var before = failure;
        if (before != null && before.at().plus(LEFT_ALONE).isAfter(clock.instant())) {
            throw before.why();
        }
        try {
            ProviderMetadata providerMetadata = metadata();
            var fresh = new IssuerSnapshot(providerMetadata, keys(providerMetadata), clock.instant());
            issuerSnapshot = fresh;
            failure = null;
            return fresh;
        } catch (SignInRefused | Unreachable why) {
            failure = new Failure(why, clock.instant());
            throw why;
        }
    }

    private ProviderMetadata metadata() {
        String issuer = client().issuer();
        // Its last slash belongs to its name, not to its address (Discovery, 4.1).
        String at = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        JsonNode found =
                read(transport.fetchMetadata(address(at + "/.well-known/openid-configuration", "PATCHBAY_OIDC_ISSUER")));
        if (!found.path("issuer").asString("").equals(issuer)) {
            throw unusable("The sign-in service calls itself otherwise than it is set up here.");
        }
        var methods = found.path("token_endpoint_auth_methods_supported");
        return new ProviderMetadata(
                endpoint(found, "authorization_endpoint"),
                endpoint(found, "token_endpoint"),
                endpoint(found, "jwks_uri"),
                found.has("userinfo_endpoint") ? endpoint(found, "userinfo_endpoint") : null,
                methods.isArray()
                        && methods.valueStream().noneMatch(it -> it.asString("").equals("client_secret_basic")),
                found.path("authorization_response_iss_parameter_supported").asBoolean(false));
    }

    private static URI endpoint(JsonNode found, String member) {
        return address(found.path(member).asString(""), member);
    }

    private static URI address(String text, String member) {
        try {
            var read = new URI(text);
            boolean web = "https".equals(read.getScheme()) || "http".equals(read.getScheme());
            if (web && read.getHost() != null && read.getRawFragment() == null) {
                return read;
            }
        } catch (URISyntaxException malformed) {
            LOG.debug("{} is not an address", member, malformed);
        }
        throw unusable("The sign-in service's " + member + " is no address; an operator has to look at it.");
    }

    private JWKSet keys(ProviderMetadata providerMetadata) {
        try {
            return JWKSet.parse(Json.write(read(transport.fetchKeys(providerMetadata.jwks()))));
        } catch (ParseException unreadable) {
            throw unusable("The keys of the sign-in service cannot be read.");
        }
    }

    static JsonNode read(IssuerTransport.Response response) {
        if (response.status() != 200 || !response.body().isObject()) {
            throw unusable("The sign-in service answered " + response.status() + "; try again in a moment.");
        }
        return response.body();
    }

    private static SignInRefused unusable(String sentence) {
        return SignInRefused.because(Reason.ISSUER_UNUSABLE, sentence);
    }
}
