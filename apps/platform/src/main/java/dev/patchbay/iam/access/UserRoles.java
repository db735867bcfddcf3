package dev.patchbay.iam.access;

import dev.patchbay.iam.people.GroupRepository;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** All that one user has: their roles, and the groups they are in. */
@Component
public class UserRoles {

    private final AssignmentRepository assignments;
    private final GroupRepository groups;
    private final RoleAssignments roles;
    private final Tenancy tenancy;
    private final ChangeAudit audit;

    UserRoles(
            AssignmentRepository assignments,
            GroupRepository groups,
            RoleAssignments roles,
            Tenancy tenancy,
            ChangeAudit audit) {
        this.assignments = assignments;
        this.groups = groups;
        this.roles = roles;
        this.tenancy = tenancy;
        this.audit = audit;
    }

    /**
     * Whoever lets somebody in, or keeps them out, gives or takes all that this somebody has.
     *
     * @param verb what they are about to do, as it reads before "the role"
     * @throws Problem {@code 403.forbidden} when they do not hold it themselves
     */
    public void requireHeld(Identity who, TenantId tenant, String user, String verb) {
        tenancy.inTenant(tenant, () -> assignments.ofUser(tenant, user))
                .forEach(one -> roles.requireHeld(
                        who,
                        tenant,
                        one.role(),
                        Optional.ofNullable(one.clientId()).map(ClientId::new),
                        verb));
    }

    /** Takes it all from somebody who never came; within the tenant's transaction. */
    public void clear(TenantId tenant, String actor, String user) {
        assignments
                .list(TenantScope.of(tenant), Optional.of(user), Integer.MAX_VALUE, "")
                .forEach(one -> {
                    assignments.delete(tenant, one.id());
                    audit.recordChange(
                            TenantScope.of(tenant), actor, "role.taken", "assignment/" + one.id(), one, null);
                });
        groups.leaveAll(tenant, user)
                .forEach(group ->
                        audit.recordChange(TenantScope.of(tenant), actor, "group.left", "group/" + group, user, null));
    }
}
