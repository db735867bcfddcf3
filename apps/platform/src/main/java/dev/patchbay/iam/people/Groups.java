package dev.patchbay.iam.people;

import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.access.AssignmentRepository;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.LastAdminGuard;
import dev.patchbay.iam.access.RoleAssignments;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Groups of users, of the tenant or of one client. Whoever lets somebody in gives them what the group has. */
@Component
public class Groups {

    private final GroupRepository rows;
    private final AssignmentRepository assignments;
    private final RoleAssignments roles;
    private final Clients clients;
    private final Access access;
    private final LastAdminGuard lastAdminGuard;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    Groups(
            GroupRepository rows,
            AssignmentRepository assignments,
            RoleAssignments roles,
            Clients clients,
            Access access,
            LastAdminGuard lastAdminGuard,
            Tenancy tenancy,
            ChangeAudit audit,
            Clock clock) {
        this.rows = rows;
        this.assignments = assignments;
        this.roles = roles;
        this.clients = clients;
        this.access = access;
        this.lastAdminGuard = lastAdminGuard;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param clientId whose it is; null: the tenant's
     * @param members users' ids
     */
    public record Group(String id, String name, @Nullable String clientId, List<String> members) {}

    /** Those within the scope by id, after the given one; empty text starts at the first. */
    public List<Group> list(TenantScope scope, int limit, String after) {
        return tenancy.inTenant(scope.tenant(), () -> rows.list(scope, null, limit, after));
    }

    /** @throws Problem {@code 404.client_not_found}; {@code 409.access_conflict} when the name is taken */
    public Group create(Identity maker, TenantScope scope, String name, Optional<ClientId> client) {
        if (client.isEmpty() && !scope.isWholeTenant()) {
            throw new Problem(ProblemType.FORBIDDEN, "Name the client: you make groups of clients only.");
        }
        client.filter(id -> clients.find(scope, id).isEmpty()).ifPresent(id -> {
            throw new Problem(ProblemType.CLIENT_NOT_FOUND, "There is no client " + id + ".");
        });
        var group = new Group(
                Ids.next("grp", clock.instant()),
                name,
                client.map(ClientId::value).orElse(null),
                List.of());
        try {
            tenancy.inTenant(scope.tenant(), () -> {
                rows.insert(scope.tenant(), group);
                audit.recordChange(
                        of(scope, group), maker.subject(), "group.created", "group/" + group.id(), null, group);
            });
        } catch (DuplicateKeyException taken) {
            throw new Problem(ProblemType.ACCESS_CONFLICT, "There is a group named " + name + " there already.");
        }
        return group;
    }

    /** Ends the group and what its members had through it. */
    public void delete(Identity who, TenantScope scope, String id) {
        var tenant = scope.tenant();
        var group = existing(scope, id);
        requireHeld(who, scope, id, "take");
        tenancy.inTenant(tenant, () -> {
            lastAdminGuard.guard(tenant, () -> rows.delete(tenant, id));
            audit.recordChange(of(scope, group), who.subject(), "group.deleted", "group/" + id, group, null);
        });
        access.changed(tenant);
    }

    /** Lets a user in; who is in already stays. */
    public Group add(Identity who, TenantScope scope, String id, String user) {
        return change(who, scope, id, "group.joined", tenant -> {
            assignments.requireSubject(tenant, user, Optional.empty());
            rows.add(tenant, id, user);
        });
    }

    /** Takes a user out. */
    public Group remove(Identity who, TenantScope scope, String id, String user) {
        return change(
                who,
                scope,
                id,
                "group.left",
                tenant -> lastAdminGuard.guard(tenant, () -> rows.remove(tenant, id, user)));
    }

    private Group change(
            Identity who, TenantScope scope, String id, String action, java.util.function.Consumer<TenantId> change) {
        var tenant = scope.tenant();
        var before = existing(scope, id);
        requireHeld(who, scope, id, action.equals("group.joined") ? "give" : "take");
        var after = tenancy.inTenant(tenant, () -> {
            change.accept(tenant);
            var changed = existing(scope, id);
            audit.recordChange(of(scope, before), who.subject(), action, "group/" + id, before, changed);
            return changed;
        });
        access.changed(tenant);
        return after;
    }

    /** The roles that the group has must be held by whoever lets somebody in or out. */
    private void requireHeld(Identity who, TenantScope scope, String id, String verb) {
        var tenant = scope.tenant();
        tenancy.inTenant(tenant, () -> assignments.list(TenantScope.of(tenant), Optional.of(id), Integer.MAX_VALUE, ""))
                .forEach(held -> roles.requireHeld(
                        who,
                        tenant,
                        held.role(),
                        Optional.ofNullable(held.clientId()).map(ClientId::new),
                        verb));
    }

    private Group existing(TenantScope scope, String id) {
        return tenancy.inTenant(scope.tenant(), () -> rows.list(scope, id, 1, "")).stream()
                .findFirst()
                .orElseThrow(() -> new Problem(ProblemType.GROUP_NOT_FOUND, "There is no group " + id + "."));
    }

    private static TenantScope of(TenantScope scope, Group group) {
        return group.clientId() == null
                ? TenantScope.of(scope.tenant())
                : TenantScope.of(scope.tenant(), new ClientId(group.clientId()));
    }
}
