package dev.patchbay.iam.web;

import dev.patchbay.iam.SessionId;
import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.access.Authenticated;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.people.User;
import dev.patchbay.iam.people.Users;
import dev.patchbay.iam.sessions.Session;
import dev.patchbay.iam.sessions.Sessions;
import dev.patchbay.iam.signin.TenantSummary;
import dev.patchbay.iam.signin.TenantSwitch;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The profile of the caller. */
@RestController
@RequestMapping("/api/v1")
final class MeController {

    private final Sessions sessions;
    private final Users users;
    private final TenantSwitch tenantSwitch;
    private final Access access;
    private final Tenancy tenancy;

    MeController(Sessions sessions, Users users, TenantSwitch tenantSwitch, Access access, Tenancy tenancy) {
        this.sessions = sessions;
        this.users = users;
        this.tenantSwitch = tenantSwitch;
        this.access = access;
        this.tenancy = tenancy;
    }

    /**
     * @param clientId the only client it is for
     * @param group the group through which the caller has it
     */
    record HeldRole(
            String role,
            @Nullable String clientId,
            @Nullable String resource,
            @Nullable String group) {}

    /** The operator who acts as this user, why and until when: shown on every page. */
    record ActiveImpersonation(UserId impersonatorId, String name, String reason, Instant until) {}

    record CurrentSession(SessionId id, Instant until, Instant absoluteUntil) {}

    /**
     * @param user null for a service token
     * @param tenants the tenants the person can switch to, the present one included
     */
    record MeResponse(
            String subject,
            @Nullable User user,
            String tenantId,
            List<TenantSummary> tenants,
            List<HeldRole> roles,
            List<Access.HeldPermission> permissions,
            @Nullable CurrentSession session,
            @Nullable ActiveImpersonation impersonation) {}

    @Authenticated
    @GetMapping("/me")
    MeResponse me(Identity identity) {
        List<TenantSummary> tenants = tenantSwitch.listTenants(identity);
        List<Access.HeldPermission> permissions = access.listPermissions(identity);
        return tenancy.inTenant(identity.tenant(), () -> me(identity, tenants, permissions));
    }

    private MeResponse me(Identity identity, List<TenantSummary> tenants, List<Access.HeldPermission> permissions) {
        var session = identity.session().flatMap(id -> sessions.findActive(identity.tenant(), id));
        return new MeResponse(
                identity.subject(),
                identity.user()
                        .flatMap(user -> users.find(TenantScope.of(identity.tenant()), user))
                        .orElse(null),
                identity.tenant().value(),
                tenants,
                permissions.stream()
                        .flatMap(permission -> permission.via().stream())
                        .map(via -> new HeldRole(via.role(), via.clientId(), via.resource(), via.group()))
                        .distinct()
                        .toList(),
                permissions,
                session.map(current -> new CurrentSession(current.id(), current.until(), current.absoluteUntil()))
                        .orElse(null),
                session.map(MeController::activeImpersonation).orElse(null));
    }

    private static @Nullable ActiveImpersonation activeImpersonation(Session session) {
        var impersonation = session.impersonation();
        return impersonation == null
                ? null
                : new ActiveImpersonation(
                        impersonation.impersonator(),
                        impersonation.name(),
                        impersonation.reason(),
                        session.absoluteUntil());
    }
}
