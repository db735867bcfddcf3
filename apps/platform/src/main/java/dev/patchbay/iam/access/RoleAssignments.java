package dev.patchbay.iam.access;

import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Ids;
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
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Who has which role for what. Nobody gives or takes more than they hold themselves. */
@Component
public class RoleAssignments {

    /** The tenant of those who run the installation; its administrators alone reach beyond their tenant. */
    public static final TenantId PLATFORM = new TenantId("tnt_platform");

    private final AssignmentRepository rows;
    private final RoleRepository roles;
    private final Access access;
    private final Clients clients;
    private final LastAdminGuard lastAdminGuard;
    private final Tenancy tenancy;
    private final ChangeAudit audit;
    private final Clock clock;

    RoleAssignments(
            AssignmentRepository rows,
            RoleRepository roles,
            Access access,
            Clients clients,
            LastAdminGuard lastAdminGuard,
            Tenancy tenancy,
            ChangeAudit audit,
            Clock clock) {
        this.rows = rows;
        this.roles = roles;
        this.access = access;
        this.clients = clients;
        this.lastAdminGuard = lastAdminGuard;
        this.tenancy = tenancy;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param subject a user's or a group's id
     * @param role a system role's name or a custom role's id
     * @param clientId the only client it is for
     * @param resource the only thing it is for, as {@code flows/flw_…}
     */
    public record Assignment(
            String id,
            String subject,
            String role,
            @Nullable String clientId,
            @Nullable String resource,
            @Nullable Instant expiresAt,
            String createdBy,
            Instant createdAt) {}

    /** What is to be assigned; members as in {@link Assignment}. */
    public record NewAssignment(
            String subject,
            String role,
            Optional<ClientId> client,
            Optional<String> resource,
            Optional<Instant> expiresAt) {

        private SystemRole.Reach reach() {
            return client.isPresent()
                    ? SystemRole.Reach.CLIENT
                    : resource.isPresent() ? SystemRole.Reach.RESOURCE : SystemRole.Reach.TENANT;
        }
    }

    /** Those within the scope by id, after the given one; empty text starts at the first. */
    public List<Assignment> list(TenantScope scope, Optional<String> subject, int limit, String after) {
        return tenancy.inTenant(scope.tenant(), () -> rows.list(scope, subject, limit, after));
    }

    /**
     * Gives a role.
     *
     * @param giver who must hold what the role allows, where it is given
     * @throws Problem {@code 404} for a subject, role or client that is not there or out of the giver's scope;
     *     {@code 403.forbidden} when they do not hold it; {@code 409.access_conflict} when it is given already;
     *     {@code 422.variables_invalid} when the role does not fit what it is given for
     */
    public Assignment give(Identity giver, TenantScope scope, NewAssignment newAssignment) {
        requireWithin(scope, newAssignment.client());
        requireHeld(giver, scope.tenant(), newAssignment.role(), newAssignment.client(), "give");
        return put(giver.subject(), scope.tenant(), newAssignment);
    }

    /** As {@link #give}, by the system itself: for the first user of a tenant, and for invitations checked before. */
    public Assignment put(String actor, TenantId tenant, NewAssignment newAssignment) {
        requireFits(tenant, newAssignment);
        var assignment = new Assignment(
                Ids.next("asg", clock.instant()),
                newAssignment.subject(),
                newAssignment.role(),
                newAssignment.client().map(ClientId::value).orElse(null),
                newAssignment.resource().orElse(null),
                newAssignment.expiresAt().orElse(null),
                actor,
                clock.instant());
        try {
            tenancy.inTenant(tenant, () -> {
                rows.requireSubject(tenant, newAssignment.subject(), newAssignment.client());
                rows.insert(tenant, assignment);
                audit.recordChange(
                        scope(tenant, newAssignment.client()), actor, "role.given", name(assignment), null, assignment);
            });
        } catch (DuplicateKeyException alreadyThere) {
            throw new Problem(
                    ProblemType.ACCESS_CONFLICT,
                    newAssignment.subject() + " has the role " + newAssignment.role() + " for that already.");
        }
        access.changed(tenant);
        return assignment;
    }

    /**
     * Takes a role.
     *
     * @throws Problem {@code 404.assignment_not_found}; {@code 403.forbidden} when the taker does not hold it themselves;
     *     {@code 409.access_conflict} when nobody were left to administer the tenant
     */
    public void take(Identity taker, TenantScope scope, String id) {
        var tenant = scope.tenant();
        var assignment = tenancy.inTenant(tenant, () -> rows.find(scope, id))
                .orElseThrow(() -> new Problem(ProblemType.ASSIGNMENT_NOT_FOUND, "There is no assignment " + id + "."));
        var client = Optional.ofNullable(assignment.clientId()).map(ClientId::new);
        requireHeld(taker, tenant, assignment.role(), client, "take");
        tenancy.inTenant(tenant, () -> {
            lastAdminGuard.guard(tenant, () -> rows.delete(tenant, id));
            audit.recordChange(
                    scope(tenant, client), taker.subject(), "role.taken", name(assignment), assignment, null);
        });
        access.changed(tenant);
    }

    /**
     * @throws Problem {@code 403.forbidden} when the role allows what they do not hold there; {@code 404.role_not_found}
     */
    public void requireHeld(Identity who, TenantId tenant, String role, Optional<ClientId> client, String verb) {
        Set<Permission> lacking = access.lacking(who, roles.permissions(tenant, role), client);
        if (!lacking.isEmpty()) {
            throw new Problem(
                    ProblemType.FORBIDDEN,
                    "You cannot " + verb + " the role " + role + ": it allows "
                            + lacking.stream()
                                    .map(Permission::toString)
                                    .sorted()
                                    .collect(Collectors.joining(", "))
                            + ", which you do not hold there.");
        }
    }

    private void requireWithin(TenantScope scope, Optional<ClientId> client) {
        client.filter(id -> clients.find(scope, id).isEmpty()).ifPresent(id -> {
            throw new Problem(ProblemType.CLIENT_NOT_FOUND, "There is no client " + id + ".");
        });
        if (client.isEmpty() && !scope.isWholeTenant()) {
            throw new Problem(ProblemType.FORBIDDEN, "Name the client: you give roles for clients only.");
        }
    }

    private void requireFits(TenantId tenant, NewAssignment newAssignment) {
        if (newAssignment.role().equals("platform-admin") && !tenant.equals(PLATFORM)) {
            throw new Problem(ProblemType.ROLE_NOT_FOUND, "There is no role platform-admin in this agency.");
        }
        boolean fits = SystemRole.named(newAssignment.role())
                .map(role -> role.reaches().contains(newAssignment.reach()))
                .orElse(true);
        if (!fits
                || (newAssignment.client().isPresent()
                        && newAssignment.resource().isPresent())) {
            throw new Problem(
                    ProblemType.VARIABLES_INVALID,
                    "The role " + newAssignment.role() + " cannot be given for "
                            + (newAssignment.client().isPresent()
                                    ? "one client"
                                    : newAssignment.resource().isPresent() ? "one thing" : "the whole agency")
                            + ".");
        }
        if (newAssignment
                .expiresAt()
                .filter(end -> !end.isAfter(clock.instant()))
                .isPresent()) {
            throw new Problem(ProblemType.VARIABLES_INVALID, "expiresAt has passed already.");
        }
    }

    private static TenantScope scope(TenantId tenant, Optional<ClientId> client) {
        return client.map(id -> TenantScope.of(tenant, id)).orElse(TenantScope.of(tenant));
    }

    private static String name(Assignment assignment) {
        return "assignment/" + assignment.id();
    }
}
