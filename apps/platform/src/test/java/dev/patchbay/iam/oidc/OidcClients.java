package dev.patchbay.iam.oidc;

import dev.patchbay.iam.spi.IssuerTransport;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;

/** OpenID Connect clients as in prod, of an issuer of a test's choice. */
public final class OidcClients {

    private static final Clock CLOCK = Clock.systemUTC();

    private OidcClients() {}

    /** Our registration at an issuer. */
    public record Registration(
            String issuer, String clientId, String clientSecret, String hostedDomain, String prompt) {

        private OidcSettings settings() {
            return new OidcSettings(issuer, clientId, clientSecret, hostedDomain, prompt);
        }

        /** The settings as a log would show them. */
        @Override
        public String toString() {
            return settings().toString();
        }
    }

    /** @param cacheClock by which metadata and keys age */
    public static OidcClient client(Registration registration, IssuerTransport transport, Clock cacheClock) {
        var client = registration.settings();
        var settings =
                new Settings(Environment.PROD, URI.create("https://patchbay.example"), Path.of("data"), Set.of());
        var issuer = issuer(client, transport, cacheClock);
        return new OidcClient(
                client,
                settings,
                issuer,
                new TokenEndpoint(client, issuer, transport),
                idTokens(client, transport, issuer));
    }

    public static VerifiedIdentity verify(
            Registration registration, IssuerTransport transport, String idToken, String nonce, String accessToken) {
        var client = registration.settings();
        return idTokens(client, transport, issuer(client, transport, CLOCK)).verify(idToken, nonce, accessToken);
    }

    private static IssuerCache issuer(OidcSettings client, IssuerTransport transport, Clock cacheClock) {
        return new IssuerCache(new Discovery(client, transport, cacheClock), cacheClock);
    }

    private static IdTokenVerifier idTokens(OidcSettings client, IssuerTransport transport, IssuerCache issuer) {
        return new IdTokenVerifier(client, issuer, new UserInfoEndpoint(issuer, transport), CLOCK);
    }
}
