package dev.patchbay.iam.signin;

import dev.patchbay.iam.SessionId;
import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.people.User;
import dev.patchbay.iam.people.Users;
import dev.patchbay.iam.sessions.Impersonation;
import dev.patchbay.iam.sessions.OpenedSession;
import dev.patchbay.iam.sessions.Session;
import dev.patchbay.iam.sessions.SessionOrigin;
import dev.patchbay.iam.sessions.Sessions;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Impersonation: an operator of the platform acts as a user of a tenant, for a stated reason and an hour at most. The tenant sees it and can
 * end it. Permissions that grant access are withheld meanwhile ({@link Access}); each action is audited with the operator.
 */
@Component
public class ImpersonationSessions {

    private static final Duration MAX_LENGTH = Duration.ofHours(1);

    private final Sessions sessions;
    private final Users users;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    ImpersonationSessions(Sessions sessions, Users users, Tenancy tenancy, ChangeAudit audit, Clock clock) {
        this.sessions = sessions;
        this.users = users;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Starts an impersonation.
     *
     * @param operator a user of the platform's own tenant, in their own session
     * @throws Problem {@code 403.forbidden} for every other identity; {@code 404.user_not_found} when the user is not active;
     *     {@code 422.variables_invalid} for a length beyond an hour
     */
    public OpenedSession start(Identity operator, ImpersonationRequest request, SessionOrigin origin) {
        Session own = requireOwnSession(operator);
        if (request.length().compareTo(MAX_LENGTH) > 0 || !request.length().isPositive()) {
            throw new Problem(ProblemType.VARIABLES_INVALID, "Give minutes, from 1 to 60.");
        }
        UserId user = requireActiveUser(request);
        String name = users.find(TenantScope.of(operator.tenant()), own.userId())
                .map(User::name)
                .orElseThrow();
        Instant end = clock.instant().plus(request.length());
        recordOnPlatform(operator.subject(), "impersonation.started", request.tenant(), user, request);
        return sessions.open(
                request.tenant(),
                user,
                origin,
                new Impersonation(own.userId(), name, request.reason(), own.id()),
                end.isBefore(own.absoluteUntil()) ? end : own.absoluteUntil());
    }

    private Session requireOwnSession(Identity operator) {
        return operator.session()
                .filter(id -> operator.tenant().equals(Tenants.PLATFORM))
                .flatMap(id -> sessions.findActive(operator.tenant(), id))
                .orElseThrow(() -> new Problem(
                        ProblemType.FORBIDDEN, "Only a signed-in user of the platform may act as another user."));
    }

    private UserId requireActiveUser(ImpersonationRequest request) {
        return Optional.of(request.tenant())
                .filter(tenant -> !tenant.equals(Tenants.PLATFORM))
                .flatMap(tenant -> users.find(TenantScope.of(tenant), request.userId()))
                .filter(User::isActive)
                .map(User::id)
                .orElseThrow(() -> new Problem(
                        ProblemType.USER_NOT_FOUND,
                        "There is no active user " + request.userId() + " in that agency."));
    }

    /**
     * Ends the impersonation to which the request belongs, by the operator.
     *
     * @return the operator's own session, under a new secret; empty when that one has ended too
     */
    public Optional<OpenedSession> endOwn(Identity identity, SessionOrigin origin) {
        SessionId id = identity.session().orElseThrow();
        Impersonation impersonation = sessions.findActive(identity.tenant(), id)
                .flatMap(session -> Optional.ofNullable(session.impersonation()))
                .orElseThrow(() -> new Problem(ProblemType.SESSION_NOT_FOUND, "You are not acting as another user."));
        UserId operator = impersonation.impersonator();
        end(identity.tenant(), operator.value(), id);
        return sessions.findActive(Tenants.PLATFORM, impersonation.session())
                // Ended first, so that a session ended meanwhile opens no other.
                .filter(own -> sessions.end(Tenants.PLATFORM, operator.value(), own.id()))
                .map(own -> sessions.open(Tenants.PLATFORM, operator, origin, null, own.absoluteUntil()));
    }

    /** Ends the session of the request; during impersonation the operator's own session too. */
    public void signOut(Identity identity) {
        identity.session().ifPresent(id -> {
            var impersonation = sessions.findActive(identity.tenant(), id).map(Session::impersonation);
            if (impersonation.isPresent()) {
                String operator = impersonation.get().impersonator().value();
                end(identity.tenant(), operator, id);
                sessions.end(Tenants.PLATFORM, operator, impersonation.get().session());
            } else {
                sessions.end(identity.tenant(), identity.subject(), id);
            }
        });
    }

    /** Ends an impersonation; false when there is no such active one. */
    public boolean end(TenantId tenant, String actor, SessionId id) {
        var session = sessions.findActive(tenant, id).filter(it -> it.impersonation() != null);
        if (session.isEmpty() || !sessions.end(tenant, actor, id)) {
            return false;
        }
        recordOnPlatform(actor, "impersonation.ended", tenant, session.get().userId(), null);
        return true;
    }

    /** Records it in the platform's own audit trail; the session is recorded in the tenant's. */
    private void recordOnPlatform(
            String actor, String action, TenantId tenant, UserId user, @Nullable ImpersonationRequest request) {
        tenancy.inTenant(
                Tenants.PLATFORM,
                () -> audit.recordChange(
                        TenantScope.of(Tenants.PLATFORM),
                        actor,
                        action,
                        "tenant/" + tenant + "/user/" + user,
                        null,
                        request));
    }
}
