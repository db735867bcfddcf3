package dev.patchbay.iam.internal.signin;

import dev.patchbay.iam.RoleAssignments;
import dev.patchbay.iam.Sessions;
import dev.patchbay.iam.internal.Identities;
import dev.patchbay.iam.internal.Identities.Membership;
import dev.patchbay.iam.internal.signin.Refused.Reason;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Signing in: the browser gets a secret of which state, nonce and PKCE verifier are derived, and comes back from the issuer with
 * a code. Only that browser, once, within ten minutes, gets a session for it.
 */
@Component
public class SignIns {

    private final Issuer issuer;
    private final IdTokens tokens;
    private final Attempts attempts;
    private final Welcome welcome;
    private final Identities identities;
    private final Sessions sessions;
    private final Refusals refusals;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    SignIns(
            Issuer issuer,
            IdTokens tokens,
            Attempts attempts,
            Welcome welcome,
            Identities identities,
            Sessions sessions,
            Refusals refusals,
            Tenancy tenancy,
            ChangeAudit audit,
            Clock clock) {
        this.issuer = issuer;
        this.tokens = tokens;
        this.attempts = attempts;
        this.welcome = welcome;
        this.identities = identities;
        this.sessions = sessions;
        this.refusals = refusals;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param to where the browser goes, at the issuer
     * @param secret what it keeps meanwhile
     */
    public record Begun(URI to, String secret) {

        @Override
        public String toString() {
            return "Begun";
        }
    }

    /** What the issuer sent the browser back with; empty texts for what it did not say. */
    public record Returned(String state, String code, String error, String issuer) {

        @Override
        public String toString() {
            return "Returned";
        }
    }

    /** @param goal where the person wanted to go */
    public record SignedIn(Sessions.Opened session, String goal) {}

    /**
     * @param goal an address of ours, without a host
     * @throws Problem {@code 403.sign_in_refused} when the issuer cannot be asked
     */
    public Begun begin(String goal, Optional<String> invitation) {
        String secret = Secret.next();
        URI to = refusals.told(() -> issuer.authorization(state(secret), nonce(secret), verifier(secret)));
        attempts.begin(state(secret), new Attempts.Attempt(goal, invitation.map(Secret::hash)));
        return new Begun(to, secret);
    }

    private static String state(String secret) {
        return Secret.derived(secret, "state");
    }

    private static String nonce(String secret) {
        return Secret.derived(secret, "nonce");
    }

    private static String verifier(String secret) {
        return Secret.derived(secret, "verifier");
    }

    /**
     * @param secret what the browser kept; empty text for nothing
     * @throws Problem {@code 403.sign_in_refused}
     */
    public SignedIn finish(String secret, Returned back, Sessions.Origin origin) {
        return refusals.told(() -> finished(secret, back, origin));
    }

    private SignedIn finished(String secret, Returned back, Sessions.Origin origin) {
        if (secret.isEmpty() || !Secret.same(state(secret), back.state())) {
            throw Refused.because(
                    Reason.ANOTHER_BROWSER,
                    "This sign-in was begun in another browser, or another one was begun since; start again.");
        }
        // Taken first: whatever becomes of it, nobody comes a second time.
        var attempt = attempts.take(state(secret))
                .orElseThrow(() ->
                        Refused.because(Reason.OVER, "This sign-in was used already or took too long; start again."));
        if (!back.error().isEmpty() || back.code().isEmpty()) {
            throw Refused.because(
                    Reason.DENIED,
                    "The sign-in service did not let you in; start again and choose an account.",
                    back.error());
        }
        Person person = person(secret, back);
        Membership who = attempt.invitation()
                .map(invitation -> welcome.invited(invitation, person.withEmail()))
                .orElseGet(() -> known(person));
        return new SignedIn(opened(who, origin), attempt.goal());
    }

    private Person person(String secret, Returned back) {
        boolean named = back.issuer().isEmpty()
                ? !issuer.namesItself()
                : back.issuer().equals(issuer.client().issuer());
        if (!named) {
            throw Refused.because(
                    Reason.ANOTHER_ISSUER, "Another sign-in service than the one asked has answered; start again.");
        }
        var given = issuer.exchange(back.code(), verifier(secret));
        return tokens.verify(
                given.path("id_token").asString(""),
                nonce(secret),
                given.path("access_token").asString(""));
    }

    private Membership known(Person person) {
        List<Membership> all = identities.of(person.issuer(), person.subject());
        if (all.stream().noneMatch(one -> one.tenant().equals(RoleAssignments.PLATFORM))) {
            Optional<Membership> admin = welcome.platformAdmin(person);
            if (admin.isPresent()) {
                return admin.get();
            }
        }
        var active = all.stream().filter(Membership::isActive).findFirst();
        if (active.isPresent()) {
            return active.get();
        }
        all.forEach(one -> told(one.tenant(), one.user(), "sign_in.refused"));
        if (!all.isEmpty()) {
            throw Refused.because("Your access was suspended; ask an administrator of "
                    + all.getFirst().tenantName() + ".");
        }
        throw Refused.because(
                "Nobody here has this account. If you were invited, follow the link in the mail; otherwise ask to be invited.");
    }

    private void told(TenantId tenant, String user, String action) {
        tenancy.inTenant(tenant, () -> audit.changed(TenantScope.of(tenant), user, action, "user/" + user, null, null));
    }

    private Sessions.Opened opened(Membership who, Sessions.Origin origin) {
        Instant now = clock.instant();
        return tenancy.inTenant(who.tenant(), () -> {
            identities.signedIn(who.tenant(), who.user(), now);
            told(who.tenant(), who.user(), "user.signed_in");
            return sessions.open(who.tenant(), who.user(), origin);
        });
    }
}
