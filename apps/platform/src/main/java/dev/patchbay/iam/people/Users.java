package dev.patchbay.iam.people;

import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.LastAdminGuard;
import dev.patchbay.iam.access.UserRoles;
import dev.patchbay.iam.signin.Sessions;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** The people of an agency. */
@Component
public class Users {

    private final UserRepository rows;
    private final UserIdentityRepository userIdentityRepository;
    private final Sessions sessions;
    private final UserRoles roles;
    private final LastAdminGuard lastAdminGuard;
    private final Access access;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    Users(
            UserRepository rows,
            UserIdentityRepository userIdentityRepository,
            Sessions sessions,
            UserRoles roles,
            LastAdminGuard lastAdminGuard,
            Access access,
            Tenancy tenancy,
            ChangeAudit audit,
            Clock clock) {
        this.rows = rows;
        this.userIdentityRepository = userIdentityRepository;
        this.clock = clock;
        this.sessions = sessions;
        this.roles = roles;
        this.lastAdminGuard = lastAdminGuard;
        this.access = access;
        this.tenancy = tenancy;
        this.audit = audit;
    }

    /** @param state {@code invited}, {@code active} or {@code suspended} */
    public record User(String id, String email, String name, String state, Instant createdAt) {

        /** An address of a person is in no log. */
        @Override
        public String toString() {
            return "User[" + id + "]";
        }
    }

    /** By id, after the given one; within a scope of clients those who have a role for one of them. */
    public List<User> list(TenantScope scope, int limit, String after) {
        return tenancy.inTenant(scope.tenant(), () -> rows.list(scope, limit, after));
    }

    public Optional<User> find(TenantScope scope, String id) {
        return tenancy.inTenant(scope.tenant(), () -> rows.find(scope, id));
    }

    /**
     * Takes in somebody whom the issuer is known to call so, without an invitation: for a development seed, which finds its own
     * again. Whoever is there already stays as they are.
     *
     * @return the user's id
     */
    public String admit(TenantId tenant, String email, String name, String issuer, String subject) {
        return tenancy.inTenant(
                tenant,
                () -> rows.withEmail(tenant, email).map(User::id).orElseGet(() -> {
                    Instant now = clock.instant();
                    var user = new User(Ids.next("usr", now), email, name, "active", now);
                    rows.insert(tenant, user);
                    userIdentityRepository.bind(tenant, user.id(), issuer, subject, now);
                    audit.recordChange(
                            TenantScope.of(tenant), "system", "user.joined", "user/" + user.id(), null, null);
                    return user.id();
                }));
    }

    /**
     * Keeps somebody from signing in, and ends their sessions at once.
     *
     * @param actor who must hold all that the user has
     * @throws Problem {@code 404.user_not_found}; {@code 403.forbidden}; {@code 409.access_conflict} for somebody who is not active, and for the last
     *     administrator
     */
    public User suspend(Identity actor, TenantId tenant, String id) {
        return changed(tenant, () -> {
            existing(tenant, id);
            roles.requireHeld(actor, tenant, id, "suspend somebody with");
            lastAdminGuard.guard(tenant, () -> move(tenant, actor.subject(), id, "active", "suspended"));
            sessions.endAll(tenant, actor.subject(), id);
            return existing(tenant, id);
        });
    }

    /**
     * Lets a suspended user sign in again, with the roles they had.
     *
     * @param actor who must hold all that the user has
     * @throws Problem {@code 404.user_not_found}; {@code 403.forbidden}; {@code 409.access_conflict} for somebody who is not suspended
     */
    public User restore(Identity actor, TenantId tenant, String id) {
        return changed(tenant, () -> {
            existing(tenant, id);
            roles.requireHeld(actor, tenant, id, "restore somebody with");
            move(tenant, actor.subject(), id, "suspended", "active");
            return existing(tenant, id);
        });
    }

    /** The policy is read anew once the change rests: before that it would be the old one. */
    private User changed(TenantId tenant, Supplier<User> change) {
        User after = tenancy.inTenant(tenant, change);
        access.changed(tenant);
        return after;
    }

    private void move(TenantId tenant, String actor, String id, String from, String to) {
        User before = existing(tenant, id);
        if (!before.state().equals(from)) {
            throw new Problem(ProblemType.ACCESS_CONFLICT, id + " is " + before.state() + ".");
        }
        rows.state(tenant, id, to);
        String action = to.equals("suspended") ? "user.suspended" : "user.restored";
        audit.recordChange(TenantScope.of(tenant), actor, action, "user/" + id, from, to);
    }

    private User existing(TenantId tenant, String id) {
        return rows.find(TenantScope.of(tenant), id)
                .orElseThrow(() -> new Problem(ProblemType.USER_NOT_FOUND, "There is no user " + id + "."));
    }
}
