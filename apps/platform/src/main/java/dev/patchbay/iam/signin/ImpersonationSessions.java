package dev.patchbay.iam.signin;

import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.RoleAssignments;
import dev.patchbay.iam.people.Users;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Somebody of the platform acts for a user of an agency: for a stated reason, for an hour at most, in sight of the agency, which
 * can end it. What hands out access is withheld meanwhile ({@link Access}); each act is audited with who did it.
 */
@Component
public class ImpersonationSessions {

    private static final Duration LONGEST = Duration.ofHours(1);

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

    /** Whom to act for, why and how long. */
    public record ImpersonationRequest(TenantId tenant, String userId, String reason, Duration length) {}

    /**
     * Begins to act for the user.
     *
     * @param operator a user of the platform's own tenant, in a session of theirs
     * @throws Problem {@code 403.forbidden} for anybody else; {@code 404.user_not_found} for one who is not active there;
     *     {@code 422.variables_invalid} for a length beyond an hour
     */
    public Sessions.Opened begin(Identity operator, ImpersonationRequest impersonationRequest, Sessions.Origin origin) {
        var from = own(operator);
        if (impersonationRequest.length().compareTo(LONGEST) > 0
                || !impersonationRequest.length().isPositive()) {
            throw new Problem(ProblemType.VARIABLES_INVALID, "Give minutes, from 1 to 60.");
        }
        boolean there = !impersonationRequest.tenant().equals(RoleAssignments.PLATFORM)
                && users.find(TenantScope.of(impersonationRequest.tenant()), impersonationRequest.userId())
                        .filter(user -> user.state().equals("active"))
                        .isPresent();
        if (!there) {
            throw new Problem(
                    ProblemType.USER_NOT_FOUND, "There is no active user " + impersonationRequest.userId() + " there.");
        }
        String name = users.find(TenantScope.of(operator.tenant()), operator.subject())
                .map(Users.User::name)
                .orElseThrow();
        Instant until = clock.instant().plus(impersonationRequest.length());
        told(
                operator.subject(),
                "support.began",
                impersonationRequest.tenant(),
                impersonationRequest.userId(),
                impersonationRequest);
        return sessions.open(
                impersonationRequest.tenant(),
                impersonationRequest.userId(),
                origin,
                new Sessions.Support(operator.subject(), name, impersonationRequest.reason(), from.id()),
                until.isBefore(from.absoluteUntil()) ? until : from.absoluteUntil());
    }

    private Sessions.Session own(Identity operator) {
        return operator.session()
                .filter(id -> operator.tenant().equals(RoleAssignments.PLATFORM))
                .flatMap(id -> sessions.find(operator.tenant(), id))
                .orElseThrow(() -> new Problem(
                        ProblemType.FORBIDDEN, "Only somebody of the platform who is signed in may act for others."));
    }

    /**
     * Ends acting for somebody, by whoever does it.
     *
     * @return the operator's own session, under a new secret; empty when that one is over too
     */
    public Optional<Sessions.Opened> leave(Identity identity, Sessions.Origin origin) {
        String id = identity.session().orElseThrow();
        var support = sessions.find(identity.tenant(), id)
                .flatMap(session -> Optional.ofNullable(session.support()))
                .orElseThrow(() -> new Problem(ProblemType.SESSION_NOT_FOUND, "You act for nobody."));
        end(identity.tenant(), support.by(), id);
        return sessions.find(RoleAssignments.PLATFORM, support.session())
                // Ended first: who was signed out meanwhile does not come back this way.
                .filter(from -> sessions.end(RoleAssignments.PLATFORM, support.by(), from.id()))
                .map(from -> sessions.open(RoleAssignments.PLATFORM, support.by(), origin, null, from.absoluteUntil()));
    }

    /** Ends the session; of whoever acts for somebody also the one they came from. */
    public void signOut(Identity identity) {
        String id = identity.session().orElse("");
        var acting = sessions.find(identity.tenant(), id).map(Sessions.Session::support);
        if (acting.isPresent()) {
            end(identity.tenant(), acting.get().by(), id);
            sessions.end(
                    RoleAssignments.PLATFORM, acting.get().by(), acting.get().session());
        } else {
            sessions.end(identity.tenant(), identity.subject(), id);
        }
    }

    /** Ends it by whomever; false when there is none such under way. */
    public boolean end(TenantId tenant, String actor, String id) {
        var acting = sessions.find(tenant, id).filter(session -> session.support() != null);
        if (acting.isEmpty() || !sessions.end(tenant, actor, id)) {
            return false;
        }
        told(actor, "support.ended", tenant, acting.get().userId(), null);
        return true;
    }

    /** In the platform's own trail: where its people were. The agency's says the same, with what was done. */
    private void told(
            String actor,
            String action,
            TenantId tenant,
            String user,
            @Nullable ImpersonationRequest impersonationRequest) {
        tenancy.inTenant(
                RoleAssignments.PLATFORM,
                () -> audit.recordChange(
                        TenantScope.of(RoleAssignments.PLATFORM),
                        actor,
                        action,
                        "tenant/" + tenant + "/user/" + user,
                        null,
                        impersonationRequest));
    }
}
