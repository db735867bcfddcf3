package dev.patchbay.iam.signin;

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
final class Strangers {

    static final String CLIENT = "our client";
    static final Sessions.Origin ORIGIN = new Sessions.Origin("127.0.0.1", "test");

    private final IssuerTransport transport;
    private final PendingSignInRepository pendingSignInRepository;
    private final UserProvisioning userProvisioning;
    private final UserIdentityRepository userIdentityRepository;
    private final Sessions sessions;
    private final SignInMetrics signInMetrics;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock = Clock.systemUTC();

    Strangers(
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

    SignIns at(SignInSettings.Oidc client) {
        return at(client, clock);
    }

    SignIns at(SignInSettings.Oidc client, Clock asked) {
        var issuer = issuer(client, asked);
        return new SignIns(
                issuer,
                new IdTokens(issuer, clock),
                pendingSignInRepository,
                userProvisioning,
                userIdentityRepository,
                sessions,
                signInMetrics,
                tenancy,
                audit,
                clock);
    }

    IdTokens tokens(SignInSettings.Oidc client) {
        return new IdTokens(issuer(client, clock), clock);
    }

    private Issuer issuer(SignInSettings.Oidc client, Clock asked) {
        var settings = new SignInSettings(
                Environment.PROD,
                URI.create("https://patchbay.example"),
                URI.create("http://127.0.0.1:1"),
                Set.of(),
                client,
                new SignInSettings.Sessions(Duration.ofHours(8), Duration.ofDays(7)));
        return new Issuer(settings, transport, new Discovery(settings, transport, asked));
    }

    static SignInSettings.Oidc client(HostileIssuer server, String hostedDomain) {
        return new SignInSettings.Oidc(server.url(), CLIENT, "s&cret", hostedDomain, "select_account", "Test");
    }

    void known(TenantId tenant, String user, HostileIssuer server, String subject) {
        tenancy.inTenant(tenant, () -> userIdentityRepository.bind(tenant, user, server.url(), subject, Instant.now()));
    }

    /** What a browser that begins to sign in keeps, and what it tells the issuer. */
    record Visit(String secret, String state, String nonce) {

        static Visit of(SignIns signIns) {
            return of(signIns, Optional.empty());
        }

        static Visit of(SignIns signIns, Optional<String> invitation) {
            var begun = signIns.begin("/", invitation);
            return new Visit(begun.secret(), part(begun.to(), "state"), part(begun.to(), "nonce"));
        }

        private static String part(URI to, String name) {
            Matcher found = Pattern.compile(name + "=([^&]+)").matcher(to.getRawQuery());
            return found.find() ? found.group(1) : "";
        }

        SignIns.Returned back() {
            return new SignIns.Returned(state, "code1", "", "");
        }
    }

    static SignIns.SignedIn signIn(
            SignIns signIns,
            HostileIssuer server,
            String subject,
            BiFunction<HostileIssuer, JWTClaimsSet, String> made,
            UnaryOperator<JWTClaimsSet.Builder> told) {
        var visit = Visit.of(signIns);
        var claims = server.claims(CLIENT, subject, visit.nonce(), Instant.now());
        server.gives("code1", made.apply(server, told.apply(claims).build()));
        return signIns.finish(visit.secret(), visit.back(), ORIGIN);
    }
}
