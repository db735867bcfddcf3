package dev.patchbay.iam.signin;

import dev.patchbay.iam.oidc.OidcClient;
import dev.patchbay.iam.oidc.SignInRefused;
import dev.patchbay.iam.oidc.SignInRefused.Reason;
import dev.patchbay.iam.oidc.VerifiedIdentity;
import dev.patchbay.iam.people.Membership;
import dev.patchbay.iam.people.Memberships;
import dev.patchbay.iam.people.UserProvisioning;
import dev.patchbay.iam.sessions.OpenedSession;
import dev.patchbay.iam.sessions.SessionOrigin;
import dev.patchbay.iam.sessions.Sessions;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.net.URI;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Signs people in with the issuer. The browser keeps a secret from which state, nonce and PKCE verifier are derived, and comes
 * back with an authorization code. Only that browser gets a session for the code, once, within ten minutes.
 */
@Component
public class SignIns {

    private final OidcClient oidc;
    private final PendingSignIns pending;
    private final UserProvisioning provisioning;
    private final Memberships memberships;
    private final Sessions sessions;
    private final SignInMetrics metrics;
    private final Tenancy tenancy;
    private final ChangeAudit audit;

    SignIns(
            OidcClient oidc,
            PendingSignIns pending,
            UserProvisioning provisioning,
            Memberships memberships,
            Sessions sessions,
            SignInMetrics metrics,
            Tenancy tenancy,
            ChangeAudit audit) {
        this.oidc = oidc;
        this.pending = pending;
        this.provisioning = provisioning;
        this.memberships = memberships;
        this.sessions = sessions;
        this.metrics = metrics;
        this.tenancy = tenancy;
        this.audit = audit;
    }

    /**
     * Starts a sign-in.
     *
     * @param returnPath where the browser continues afterwards: a path of this platform, without a host
     * @param invitation the secret of an invitation's link
     * @throws SignInRefused when the issuer is not configured, unreachable or invalid
     */
    public SignInRedirect begin(String returnPath, Optional<String> invitation) {
        String secret = Secret.next();
        URI location = metrics.recordRefusals(
                () -> oidc.authorizationUri(stateOf(secret), nonceOf(secret), verifierOf(secret)));
        pending.add(stateOf(secret), new PendingSignIn(returnPath, invitation.map(Secret::hash)));
        return new SignInRedirect(location, secret);
    }

    private static String stateOf(String secret) {
        return Secret.derive(secret, "state");
    }

    private static String nonceOf(String secret) {
        return Secret.derive(secret, "nonce");
    }

    private static String verifierOf(String secret) {
        return Secret.derive(secret, "verifier");
    }

    /**
     * Finishes a sign-in and opens a session.
     *
     * @param browserSecret empty text when the browser has none
     * @throws SignInRefused when the response, the ID token or the user is not accepted
     */
    public CompletedSignIn finish(String browserSecret, AuthorizationResponse response, SessionOrigin origin) {
        CompletedSignIn completed = metrics.recordRefusals(() -> complete(browserSecret, response, origin));
        metrics.recordCompletion();
        return completed;
    }

    private CompletedSignIn complete(String secret, AuthorizationResponse response, SessionOrigin origin) {
        if (secret.isEmpty() || !Secret.constantTimeEquals(stateOf(secret), response.state())) {
            throw SignInRefused.because(
                    Reason.STATE_MISMATCH,
                    "This sign-in was begun in another browser, or another one was begun since; start again.");
        }
        // The pending sign-in is taken first, so that no response is used twice, whatever its outcome.
        PendingSignIn signIn = pending.take(stateOf(secret))
                .orElseThrow(() -> SignInRefused.because(
                        Reason.EXPIRED, "This sign-in was used already or took too long; start again."));
        if (!response.error().isEmpty() || response.code().isEmpty()) {
            throw SignInRefused.because(
                    Reason.ACCESS_DENIED,
                    "The sign-in service did not let you in; start again and choose an account.",
                    response.error());
        }
        VerifiedIdentity identity =
                oidc.authenticate(response.code(), response.issuer(), nonceOf(secret), verifierOf(secret));
        Membership member = signIn.invitation()
                .map(invitation -> provisioning.acceptInvitation(invitation, identity.withResolvedEmail()))
                .orElseGet(() -> provisioning.findUser(identity));
        return new CompletedSignIn(openSession(member, origin), signIn.returnPath());
    }

    private OpenedSession openSession(Membership member, SessionOrigin origin) {
        String user = member.user().value();
        return tenancy.inTenant(member.tenant(), () -> {
            memberships.recordSignIn(member.tenant(), member.user());
            audit.recordChange(TenantScope.of(member.tenant()), user, "user.signed_in", "user/" + user, null, null);
            return sessions.open(member.tenant(), member.user(), origin);
        });
    }
}
