package dev.patchbay.iam.people;

import dev.patchbay.iam.access.RoleAssignments;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import org.springframework.stereotype.Component;

/** The roles and groups of a user who was invited but has not signed in. */
@Component
class UserRoles {

    private final RoleAssignments assignments;
    private final GroupRepository groups;
    private final ChangeAudit audit;

    UserRoles(RoleAssignments assignments, GroupRepository groups, ChangeAudit audit) {
        this.assignments = assignments;
        this.groups = groups;
        this.audit = audit;
    }

    /** Removes them all, within the tenant's transaction. */
    void removeAll(TenantId tenant, String actor, UserId user) {
        assignments.deleteAll(tenant, actor, user);
        groups.removeFromAll(tenant, user)
                .forEach(group -> audit.recordChange(
                        TenantScope.of(tenant), actor, "group.left", "group/" + group, user.value(), null));
    }
}
