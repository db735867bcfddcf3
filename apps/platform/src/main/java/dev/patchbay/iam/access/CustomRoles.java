package dev.patchbay.iam.access;

import dev.patchbay.iam.RoleId;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Permission;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Manages the roles that a tenant defines. The author of a role must hold all its permissions for the whole tenant. */
@Component
public class CustomRoles {

    private final RoleRepository repository;
    private final Delegation delegation;
    private final Access access;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    CustomRoles(
            RoleRepository repository,
            Delegation delegation,
            Access access,
            Tenancy tenancy,
            ChangeAudit audit,
            Clock clock) {
        this.repository = repository;
        this.delegation = delegation;
        this.access = access;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /** Returns all roles that the tenant defined, by id. */
    public List<CustomRole> list(TenantId tenant) {
        return tenancy.inTenant(tenant, () -> repository.list(tenant));
    }

    /**
     * Creates a role.
     *
     * @throws Problem {@code 403.forbidden} when the author lacks one of its permissions; {@code 409.access_conflict} when
     *     the name is taken; {@code 422.variables_invalid} for a permission that does not exist
     */
    public CustomRole create(Identity author, RoleDraft draft) {
        return save(author, RoleId.next(clock.instant()), Optional.empty(), draft);
    }

    /** Changes the role for all who have it. Throws what {@link #create} throws, and {@code 404.role_not_found}. */
    public CustomRole change(Identity author, RoleId id, RoleDraft draft) {
        return save(author, id, Optional.of(existing(author.tenant(), id)), draft);
    }

    private CustomRole save(Identity author, RoleId id, Optional<CustomRole> before, RoleDraft draft) {
        var tenant = author.tenant();
        requireKnown(draft.permissions());
        requireHeld(author, draft.permissions());
        before.ifPresent(role -> requireMayChange(author, role, draft.permissions()));
        var permissions =
                draft.permissions().stream().map(Permission::toString).sorted().toList();
        var role = new CustomRole(id, draft.name(), draft.description(), permissions);
        try {
            tenancy.inTenant(tenant, () -> {
                repository.save(tenant, role);
                audit.recordChange(
                        TenantScope.of(tenant),
                        author.subject(),
                        before.isPresent() ? "role.changed" : "role.created",
                        "role/" + id,
                        before.orElse(null),
                        role);
            });
        } catch (DuplicateKeyException nameTaken) {
            throw new Problem(ProblemType.ACCESS_CONFLICT, "There is a role named " + draft.name() + " already.");
        }
        access.refresh(tenant);
        return role;
    }

    /**
     * Deletes the role.
     *
     * @throws Problem {@code 404.role_not_found}; {@code 409.access_conflict} while the role is assigned
     */
    public void delete(Identity identity, RoleId id) {
        var tenant = identity.tenant();
        var role = existing(tenant, id);
        requireHeld(identity, patternsOf(role));
        tenancy.inTenant(tenant, () -> {
            if (repository.isAssigned(tenant, id)) {
                throw new Problem(
                        ProblemType.ACCESS_CONFLICT,
                        "The role " + role.name() + " is still assigned; revoke its assignments first.");
            }
            repository.delete(tenant, id);
            audit.recordChange(TenantScope.of(tenant), identity.subject(), "role.deleted", "role/" + id, role, null);
        });
        access.refresh(tenant);
    }

    private CustomRole existing(TenantId tenant, RoleId id) {
        return tenancy.inTenant(tenant, () -> repository.find(tenant, id))
                .orElseThrow(() -> new Problem(ProblemType.ROLE_NOT_FOUND, "There is no custom role " + id + "."));
    }

    private static void requireKnown(Set<Permission> patterns) {
        if (patterns.isEmpty()) {
            throw new Problem(ProblemType.VARIABLES_INVALID, "Name at least one permission.");
        }
        String unknown = patterns.stream()
                .filter(pattern -> Permissions.all().keySet().stream().noneMatch(pattern::implies)
                        || Permissions.isPlatform(pattern))
                .map(Permission::toString)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw new Problem(
                    ProblemType.VARIABLES_INVALID,
                    "There is no permission " + unknown + "; see GET /api/v1/iam/permissions.");
        }
    }

    private void requireHeld(Identity author, Set<Permission> patterns) {
        delegation.requireHeld(
                author, Permissions.expand(patterns), Optional.empty(), "You do not hold for the whole agency ");
    }

    /**
     * Requires the permissions of the role before and after the change. The change affects all who have the role and has no
     * end, so the author's new permissions must not end either.
     */
    private void requireMayChange(Identity author, CustomRole role, Set<Permission> permissions) {
        requireHeld(author, patternsOf(role));
        delegation.requireHeldUntil(
                author,
                Permissions.expand(permissions),
                Optional.empty(),
                Instant.MAX,
                "change the role " + role.name());
    }

    private static Set<Permission> patternsOf(CustomRole role) {
        return role.permissions().stream().map(Permission::of).collect(Collectors.toSet());
    }
}
