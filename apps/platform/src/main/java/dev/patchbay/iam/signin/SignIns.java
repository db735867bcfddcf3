package dev.patchbay.iam.signin;

import dev.patchbay.iam.access.RoleAssignments;
import dev.patchbay.iam.people.UserIdentityRepository;
import dev.patchbay.iam.people.UserIdentityRepository.Membership;
import dev.patchbay.iam.signin.SignInRefused.Reason;
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
    private final PendingSignInRepository pendingSignInRepository;
    private final UserProvisioning userProvisioning;
    private final UserIdentityRepository userIdentityRepository;
    private final Sessions sessions;
    private final SignInMetrics signInMetrics;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    SignIns(
            Issuer issuer,
            IdTokens tokens,
            PendingSignInRepository pendingSignInRepository,
            UserProvisioning userProvisioning,
            UserIdentityRepository userIdentityRepository,
            Sessions sessions,
            SignInMetrics signInMetrics,
            Tenancy tenancy,
            ChangeAudit audit,
            Clock clock) {
        this.issuer = issuer;
        this.tokens = tokens;
        this.pendingSignInRepository = pendingSignInRepository;
        this.userProvisioning = userProvisioning;
        this.userIdentityRepository = userIdentityRepository;
        this.sessions = sessions;
        this.signInMetrics = signInMetrics;
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
        URI to = signInMetrics.told(() -> issuer.authorization(state(secret), nonce(secret), verifier(secret)));
        pendingSignInRepository.begin(
                state(secret), new PendingSignInRepository.PendingSignIn(goal, invitation.map(Secret::hash)));
        return new Begun(to, secret);
    }

    private static String state(String secret) {
        return Secret.derive(secret, "state");
    }

    private static String nonce(String secret) {
        return Secret.derive(secret, "nonce");
    }

    private static String verifier(String secret) {
        return Secret.derive(secret, "verifier");
    }

    /**
     * @param secret what the browser kept; empty text for nothing
     * @throws Problem {@code 403.sign_in_refused}
     */
    public SignedIn finish(String secret, Returned back, Sessions.Origin origin) {
        return signInMetrics.told(() -> finished(secret, back, origin));
    }

    private SignedIn finished(String secret, Returned back, Sessions.Origin origin) {
        if (secret.isEmpty() || !Secret.constantTimeEquals(state(secret), back.state())) {
            throw SignInRefused.because(
                    Reason.ANOTHER_BROWSER,
                    "This sign-in was begun in another browser, or another one was begun since; start again.");
        }
        // Taken first: whatever becomes of it, nobody comes a second time.
        var pendingSignIn = pendingSignInRepository
                .take(state(secret))
                .orElseThrow(() -> SignInRefused.because(
                        Reason.OVER, "This sign-in was used already or took too long; start again."));
        if (!back.error().isEmpty() || back.code().isEmpty()) {
            throw SignInRefused.because(
                    Reason.DENIED,
                    "The sign-in service did not let you in; start again and choose an account.",
                    back.error());
        }
        VerifiedIdentity verifiedIdentity = person(secret, back);
        Membership who = pendingSignIn
                .invitation()
                .map(invitation -> userProvisioning.invited(invitation, verifiedIdentity.withEmail()))
                .orElseGet(() -> known(verifiedIdentity));
        return new SignedIn(opened(who, origin), pendingSignIn.goal());
    }

    private VerifiedIdentity person(String secret, Returned back) {
        boolean named = back.issuer().isEmpty()
                ? !issuer.namesItself()
                : back.issuer().equals(issuer.client().issuer());
        if (!named) {
            throw SignInRefused.because(
                    Reason.ANOTHER_ISSUER, "Another sign-in service than the one asked has answered; start again.");
        }
        var given = issuer.exchange(back.code(), verifier(secret));
        return tokens.verify(
                given.path("id_token").asString(""),
                nonce(secret),
                given.path("access_token").asString(""));
    }

    private Membership known(VerifiedIdentity verifiedIdentity) {
        List<Membership> all = userIdentityRepository.of(verifiedIdentity.issuer(), verifiedIdentity.subject());
        if (all.stream().noneMatch(one -> one.tenant().equals(RoleAssignments.PLATFORM))) {
            Optional<Membership> admin = userProvisioning.platformAdmin(verifiedIdentity);
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
            throw SignInRefused.because("Your access was suspended; ask an administrator of "
                    + all.getFirst().tenantName() + ".");
        }
        throw SignInRefused.because(
                "Nobody here has this account. If you were invited, follow the link in the mail; otherwise ask to be invited.");
    }

    private void told(TenantId tenant, String user, String action) {
        tenancy.inTenant(
                tenant, () -> audit.recordChange(TenantScope.of(tenant), user, action, "user/" + user, null, null));
    }

    private Sessions.Opened opened(Membership who, Sessions.Origin origin) {
        Instant now = clock.instant();
        return tenancy.inTenant(who.tenant(), () -> {
            userIdentityRepository.signedIn(who.tenant(), who.user(), now);
            told(who.tenant(), who.user(), "user.signed_in");
            return sessions.open(who.tenant(), who.user(), origin);
        });
    }
}
