package dev.patchbay.iam.access;

import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Roles of a tenant's own making. Whoever makes one puts nothing into it that they do not hold for the whole tenant. */
@Component
public class CustomRoles {

    private final RoleRepository roles;
    private final Access access;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    CustomRoles(RoleRepository roles, Access access, Tenancy tenancy, ChangeAudit audit, Clock clock) {
        this.roles = roles;
        this.access = access;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /** What a role is to be. */
    public record RoleDraft(String name, String description, Set<Permission> permissions) {}

    public List<CustomRole> list(TenantId tenant) {
        return roles.custom(tenant);
    }

    /**
     * @throws Problem {@code 403.forbidden} when the maker does not hold what it allows; {@code 409.access_conflict} when
     *     the name is taken; {@code 422.variables_invalid} for a permission that does not exist
     */
    public CustomRole create(Identity maker, RoleDraft roleDraft) {
        return put(maker, Ids.next("rol", clock.instant()), Optional.empty(), roleDraft);
    }

    /** Changes the role for everybody who has it; throws as {@link #create}, and {@code 404.role_not_found}. */
    public CustomRole change(Identity maker, String id, RoleDraft roleDraft) {
        return put(maker, id, Optional.of(existing(maker.tenant(), id)), roleDraft);
    }

    private CustomRole put(Identity maker, String id, Optional<CustomRole> before, RoleDraft roleDraft) {
        var tenant = maker.tenant();
        requireHeld(maker, roleDraft.permissions());
        var role = new CustomRole(
                id,
                roleDraft.name(),
                roleDraft.description(),
                roleDraft.permissions().stream()
                        .map(Permission::toString)
                        .sorted()
                        .toList());
        try {
            tenancy.inTenant(tenant, () -> {
                roles.put(tenant, role);
                audit.recordChange(
                        TenantScope.of(tenant),
                        maker.subject(),
                        before.isPresent() ? "role.changed" : "role.created",
                        "role/" + id,
                        before.orElse(null),
                        role);
            });
        } catch (DuplicateKeyException taken) {
            throw new Problem(ProblemType.ACCESS_CONFLICT, "There is a role named " + roleDraft.name() + " already.");
        }
        access.changed(tenant);
        return role;
    }

    /** @throws Problem {@code 404.role_not_found}; {@code 409.access_conflict} while somebody has it */
    public void delete(Identity who, String id) {
        var tenant = who.tenant();
        var before = existing(tenant, id);
        tenancy.inTenant(tenant, () -> {
            if (roles.isAssigned(tenant, id)) {
                throw new Problem(
                        ProblemType.ACCESS_CONFLICT,
                        "Somebody has the role " + before.name() + "; take it from them first.");
            }
            roles.delete(tenant, id);
            audit.recordChange(TenantScope.of(tenant), who.subject(), "role.deleted", "role/" + id, before, null);
        });
        access.changed(tenant);
    }

    private CustomRole existing(TenantId tenant, String id) {
        return roles.find(tenant, id)
                .orElseThrow(() ->
                        new Problem(ProblemType.ROLE_NOT_FOUND, "There is no role " + id + " of the agency's own."));
    }

    private void requireHeld(Identity maker, Set<Permission> patterns) {
        var unknown = patterns.stream()
                .filter(pattern -> Permissions.all().keySet().stream().noneMatch(pattern::implies)
                        || Permissions.isPlatform(pattern))
                .map(Permission::toString)
                .sorted()
                .toList();
        if (!unknown.isEmpty() || patterns.isEmpty()) {
            throw new Problem(
                    ProblemType.VARIABLES_INVALID,
                    patterns.isEmpty()
                            ? "Name at least one permission."
                            : "There is no permission " + String.join(", ", unknown)
                                    + "; see GET /api/v1/iam/permissions.");
        }
        var lacking = access.lacking(maker, Permissions.expand(patterns), Optional.empty());
        if (!lacking.isEmpty()) {
            throw new Problem(
                    ProblemType.FORBIDDEN,
                    "You do not hold "
                            + lacking.stream()
                                    .map(Permission::toString)
                                    .sorted()
                                    .collect(Collectors.joining(", "))
                            + " for the whole agency.");
        }
    }
}
