package dev.patchbay.iam.signin;

import dev.patchbay.iam.sessions.SessionSettings;
import dev.patchbay.iam.oidc.OidcSettings;
import dev.patchbay.iam.sessions.SessionOrigin;
import dev.patchbay.iam.oidc.Discovery;
import dev.patchbay.iam.oidc.IdTokenVerifier;
import dev.patchbay.iam.oidc.OidcClient;
import dev.patchbay.iam.people.UserProvisioning;
import dev.patchbay.iam.sessions.Sessions;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.patchbay.iam.people.UserIdentityRepository;
import dev.patchbay.iam.spi.IssuerTransport;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Sign-in as in prod, at an issuer of a test's choice. */
@Component
final class OidcFixture {

    static final String CLIENT = "our client";
    static final SessionOrigin ORIGIN = new SessionOrigin("127.0.0.1", "test");

    private final IssuerTransport transport;
    private final PendingSignInRepository pendingSignInRepository;
    private final UserProvisioning userProvisioning;
    private final UserIdentityRepository userIdentityRepository;
    private final Sessions sessions;
    private final SignInMetrics signInMetrics;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock = Clock.systemUTC();

    OidcFixture(
            IssuerTransport transport,
            PendingSignInRepository pendingSignInRepository,
            UserProvisioning userProvisioning,
            UserIdentityRepository userIdentityRepository,
            Sessions sessions,
            SignInMetrics signInMetrics,
            Tenancy tenancy,
            ChangeAudit audit) {
        this.transport = transport;
        this.pendingSignInRepository = pendingSignInRepository;
        this.userProvisioning = userProvisioning;
        this.userIdentityRepository = userIdentityRepository;
        this.sessions = sessions;
        this.signInMetrics = signInMetrics;
        this.tenancy = tenancy;
        this.audit = audit;
    }

    SignIns signInsWith(OidcSettings client) {
        return signInsWith(client, clock);
    }

    SignIns signInsWith(OidcSettings client, Clock asked) {
        var oidcClient = issuer(client, asked);
        return new SignIns(
                oidcClient,
                new IdTokenVerifier(oidcClient, clock),
                pendingSignInRepository,
                userProvisioning,
                userIdentityRepository,
                sessions,
                signInMetrics,
                tenancy,
                audit,
                clock);
    }

    IdTokenVerifier idTokenVerifier(OidcSettings client) {
        return new IdTokenVerifier(issuer(client, clock), clock);
    }

    private OidcClient issuer(OidcSettings client, Clock asked) {
        var settings = new SignInSettings(
                Environment.PROD,
                URI.create("https://patchbay.example"),
                URI.create("http://127.0.0.1:1"),
                Set.of(),
                client,
                new SessionSettings(Duration.ofHours(8), Duration.ofDays(7)));
        return new OidcClient(settings, transport, new Discovery(settings, transport, asked));
    }

    static OidcSettings client(HostileIssuer server, String hostedDomain) {
        return new OidcSettings(server.url(), CLIENT, "s&cret", hostedDomain, "select_account", "Test");
    }

    void bind(TenantId tenant, String user, HostileIssuer server, String subject) {
        tenancy.inTenant(tenant, () -> userIdentityRepository.bind(tenant, user, server.url(), subject, Instant.now()));
    }

    /** What a browser that begins to sign in keeps, and what it tells the issuer. */
    record PendingVisit(String secret, String state, String nonce) {

        static PendingVisit begin(SignIns signIns) {
            return begin(signIns, Optional.empty());
        }

        static PendingVisit begin(SignIns signIns, Optional<String> invitation) {
            var signInRedirect = signIns.begin("/", invitation);
            return new PendingVisit(signInRedirect.browserSecret(), queryParameter(signInRedirect.location(), "state"), queryParameter(signInRedirect.location(), "nonce"));
        }

        private static String queryParameter(URI to, String name) {
            Matcher found = Pattern.compile(name + "=([^&]+)").matcher(to.getRawQuery());
            return found.find() ? found.group(1) : "";
        }

        AuthorizationResponse callback() {
            return new AuthorizationResponse(state, "code1", "", "");
        }
    }

    static CompletedSignIn signIn(
            SignIns signIns,
            HostileIssuer server,
            String subject,
            BiFunction<HostileIssuer, JWTClaimsSet, String> made,
            UnaryOperator<JWTClaimsSet.Builder> told) {
        var pendingVisit = PendingVisit.begin(signIns);
        var claims = server.claims(CLIENT, subject, pendingVisit.nonce(), Instant.now());
        server.returnTokenFor("code1", made.apply(server, told.apply(claims).build()));
        return signIns.finish(pendingVisit.secret(), pendingVisit.callback(), ORIGIN);
    }
}
