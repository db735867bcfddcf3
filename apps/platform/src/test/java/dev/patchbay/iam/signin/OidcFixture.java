package dev.patchbay.iam.signin;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.patchbay.iam.oidc.OidcClients;
import dev.patchbay.iam.oidc.OidcClients.Registration;
import dev.patchbay.iam.oidc.VerifiedIdentity;
import dev.patchbay.iam.people.Memberships;
import dev.patchbay.iam.people.UserProvisioning;
import dev.patchbay.iam.sessions.SessionOrigin;
import dev.patchbay.iam.sessions.Sessions;
import dev.patchbay.iam.spi.IssuerTransport;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.database.Tenancy;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sign-in as in prod, at an issuer of a test's choice. */
@Component
final class OidcFixture {

    static final String CLIENT = "our client";
    static final SessionOrigin ORIGIN = new SessionOrigin("127.0.0.1", "test");

    private final IssuerTransport transport;
    private final PendingSignIns pendingSignIns;
    private final UserProvisioning provisioning;
    private final Memberships memberships;
    private final Sessions sessions;
    private final SignInMetrics metrics;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final JdbcClient jdbc;

    OidcFixture(
            IssuerTransport transport,
            PendingSignIns pendingSignIns,
            UserProvisioning provisioning,
            Memberships memberships,
            Sessions sessions,
            SignInMetrics metrics,
            Tenancy tenancy,
            ChangeAudit audit,
            JdbcClient jdbc) {
        this.transport = transport;
        this.pendingSignIns = pendingSignIns;
        this.provisioning = provisioning;
        this.memberships = memberships;
        this.sessions = sessions;
        this.metrics = metrics;
        this.tenancy = tenancy;
        this.audit = audit;
        this.jdbc = jdbc;
    }

    SignIns signInsWith(Registration registration) {
        return signInsWith(registration, Clock.systemUTC());
    }

    /** @param cacheClock by which metadata and keys age */
    SignIns signInsWith(Registration registration, Clock cacheClock) {
        var oidc = OidcClients.client(registration, transport, cacheClock);
        return new SignIns(oidc, pendingSignIns, provisioning, memberships, sessions, metrics, tenancy, audit);
    }

    VerifiedIdentity verify(Registration registration, String idToken, String nonce, String accessToken) {
        return OidcClients.verify(registration, transport, idToken, nonce, accessToken);
    }

    static Registration registration(HostileIssuer server, String hostedDomain) {
        return new Registration(server.url(), CLIENT, "s&cret", hostedDomain, "select_account");
    }

    /** A client without a secret. */
    static Registration publicClient(String issuer) {
        return new Registration(issuer, CLIENT, "", "", "");
    }

    /** Binds the user to the account at the issuer, as their first sign-in would. */
    void bind(TenantId tenant, UserId user, HostileIssuer server, String subject) {
        tenancy.inTenant(tenant, () -> {
            jdbc.sql("""
                            INSERT INTO patchbay.user_identity (tenant_id, user_id, issuer, subject, bound_at)
                            VALUES (:tenant, :user, :issuer, :subject, now())""")
                    .param("tenant", tenant.value())
                    .param("user", user.value())
                    .param("issuer", server.url())
                    .param("subject", subject)
                    .update();
        });
    }

    /** A sign-in that a browser has begun: its secret, and the parameters of the authorization request. */
    record PendingVisit(String secret, String state, String nonce) {

        static PendingVisit begin(SignIns signIns) {
            return begin(signIns, Optional.empty());
        }

        static PendingVisit begin(SignIns signIns, Optional<String> invitation) {
            var signInRedirect = signIns.begin("/", invitation);
            return new PendingVisit(
                    signInRedirect.browserSecret(),
                    queryParameter(signInRedirect.location(), "state"),
                    queryParameter(signInRedirect.location(), "nonce"));
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
            BiFunction<HostileIssuer, JWTClaimsSet, String> encode,
            UnaryOperator<JWTClaimsSet.Builder> change) {
        var pendingVisit = PendingVisit.begin(signIns);
        var claims = server.claims(CLIENT, subject, pendingVisit.nonce(), Instant.now());
        server.returnTokenFor("code1", encode.apply(server, change.apply(claims).build()));
        return signIns.finish(pendingVisit.secret(), pendingVisit.callback(), ORIGIN);
    }
}
