package dev.patchbay.iam.people;

import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.LastAdminGuard;
import dev.patchbay.iam.access.RoleAssignments;
import dev.patchbay.iam.sessions.Sessions;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Manages the users of a tenant. */
@Component
public class Users {

    private final UserRepository repository;
    private final UserIdentityRepository identities;
    private final Sessions sessions;
    private final RoleAssignments assignments;
    private final LastAdminGuard lastAdminGuard;
    private final Dependents dependents;
    private final Access access;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    Users(
            UserRepository repository,
            UserIdentityRepository identities,
            Sessions sessions,
            RoleAssignments assignments,
            LastAdminGuard lastAdminGuard,
            Dependents dependents,
            Access access,
            Tenancy tenancy,
            ChangeAudit audit,
            Clock clock) {
        this.repository = repository;
        this.identities = identities;
        this.sessions = sessions;
        this.assignments = assignments;
        this.lastAdminGuard = lastAdminGuard;
        this.dependents = dependents;
        this.access = access;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Returns the users within the scope, by id. In a scope of clients these are the users who have a role for one of the
     * clients.
     *
     * @param after the id of the last one already listed; empty text starts at the first
     */
    public List<User> list(TenantScope scope, int limit, String after) {
        return tenancy.inTenant(scope.tenant(), () -> repository.list(scope, limit, after));
    }

    /** Returns the user; empty when there is no such user within the scope. */
    public Optional<User> find(TenantScope scope, UserId id) {
        return tenancy.inTenant(scope.tenant(), () -> repository.find(scope, id));
    }

    /**
     * Adds an active user whose account at the issuer is known, without an invitation. It serves development data. An existing
     * user with that address is not changed.
     *
     * @return the user's id
     */
    public UserId addActive(TenantId tenant, String email, String name, String issuer, String subject) {
        return tenancy.inTenant(
                tenant,
                () -> repository.findByEmail(tenant, email).map(User::id).orElseGet(() -> {
                    Instant now = clock.instant();
                    var user = new User(UserId.next(now), email, name, UserState.ACTIVE, now);
                    repository.insert(tenant, user);
                    identities.bind(tenant, user.id(), issuer, subject, now);
                    audit.recordChange(
                            TenantScope.of(tenant), "system", "user.joined", "user/" + user.id(), null, null);
                    return user.id();
                }));
    }

    /**
     * Suspends an active user and ends their sessions at once, with the tokens that they issued and the invitations that they
     * sent.
     *
     * @param actor must hold every role of the user
     * @throws Problem {@code 404.user_not_found}; {@code 403.forbidden}; {@code 409.access_conflict} when the user is not
     *     active or is the last administrator
     */
    public User suspend(Identity actor, TenantId tenant, UserId id) {
        return refreshingPolicy(tenant, () -> {
            requireExisting(tenant, id);
            assignments.requireRolesOfUser(actor, tenant, id, "suspend a user who has");
            lastAdminGuard.runGuarded(
                    tenant, () -> changeState(tenant, actor, id, UserState.ACTIVE, UserState.SUSPENDED));
            sessions.endAll(tenant, actor.subject(), id);
            dependents.end(tenant, actor.subject(), id.value());
            return requireExisting(tenant, id);
        });
    }

    /**
     * Ends all sessions of the user.
     *
     * @param actor must hold every role of the user
     * @throws Problem {@code 404.user_not_found}; {@code 403.forbidden}
     */
    public void endSessions(Identity actor, TenantId tenant, UserId id) {
        tenancy.inTenant(tenant, () -> {
            requireExisting(tenant, id);
            assignments.requireRolesOfUser(actor, tenant, id, "end the sessions of a user who has");
            sessions.endAll(tenant, actor.subject(), id);
        });
    }

    /**
     * Restores a suspended user, with the roles they had.
     *
     * @param actor must hold every role of the user
     * @throws Problem {@code 404.user_not_found}; {@code 403.forbidden}; {@code 409.access_conflict} when the user is not
     *     suspended
     */
    public User restore(Identity actor, TenantId tenant, UserId id) {
        return refreshingPolicy(tenant, () -> {
            requireExisting(tenant, id);
            assignments.requireRolesOfUser(actor, tenant, id, "restore a user who has");
            changeState(tenant, actor, id, UserState.SUSPENDED, UserState.ACTIVE);
            return requireExisting(tenant, id);
        });
    }

    /** Refreshes the policy after the commit, because a refresh before it would read the old policy. */
    private User refreshingPolicy(TenantId tenant, Supplier<User> change) {
        User changed = tenancy.inTenant(tenant, change);
        access.refresh(tenant);
        return changed;
    }

    private void changeState(TenantId tenant, Identity actor, UserId id, UserState from, UserState to) {
        User user = requireExisting(tenant, id);
        boolean changed = user.state() == from && from.mayBecome(to) && repository.changeState(tenant, id, from, to);
        if (!changed) {
            throw new Problem(
                    ProblemType.ACCESS_CONFLICT, id + " is " + user.state().label() + ".");
        }
        String action = to == UserState.SUSPENDED ? "user.suspended" : "user.restored";
        audit.recordChange(TenantScope.of(tenant), actor.subject(), action, "user/" + id, from, to);
    }

    private User requireExisting(TenantId tenant, UserId id) {
        return repository
                .find(TenantScope.of(tenant), id)
                .orElseThrow(() -> new Problem(ProblemType.USER_NOT_FOUND, "There is no user " + id + "."));
    }
}
