package dev.patchbay.iam.access;

import dev.patchbay.iam.RoleId;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Looks up the permissions of a role, a system role or one of the tenant's own. */
@Component
final class RolePermissions {

    private final RoleRepository repository;
    private final Tenancy tenancy;

    RolePermissions(RoleRepository repository, Tenancy tenancy) {
        this.repository = repository;
        this.tenancy = tenancy;
    }

    /** @throws Problem {@code 404.role_not_found} */
    Set<Permission> find(TenantId tenant, RoleId role) {
        return SystemRole.findByName(role)
                .map(SystemRole::permissions)
                .or(() -> tenancy.inTenant(tenant, () -> repository.find(tenant, role))
                        .map(RolePermissions::expand))
                .orElseThrow(() -> new Problem(ProblemType.ROLE_NOT_FOUND, "There is no role " + role + "."));
    }

    private static Set<Permission> expand(CustomRole role) {
        return Permissions.expand(
                role.permissions().stream().map(Permission::of).collect(Collectors.toSet()));
    }
}
