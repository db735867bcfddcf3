package dev.patchbay.iam.web;

import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.access.Authenticated;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.people.Users;
import dev.patchbay.iam.sessions.Sessions;
import dev.patchbay.iam.signin.TenantSwitch;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who the caller is. */
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

    /** Who of the platform acts for this user, why and until when: to be shown on every page. */
    record ActiveImpersonation(String by, String name, String reason, Instant until) {}

    record CurrentSession(String id, Instant until, Instant absoluteUntil) {}

    /**
     * @param user null for a service token
     * @param tenants where the same person may switch to, this one included
     */
    record MeResponse(
            String subject,
            Users.@Nullable User user,
            String tenantId,
            List<TenantSwitch.TenantSummary> tenants,
            List<HeldRole> roles,
            List<Access.HeldPermission> permissions,
            @Nullable CurrentSession session,
            @Nullable ActiveImpersonation support) {}

    @Authenticated
    @GetMapping("/me")
    MeResponse me(Identity identity) {
        List<TenantSwitch.TenantSummary> others = tenantSwitch.listTenants(identity);
        List<Access.HeldPermission> held = access.listPermissions(identity);
        return tenancy.inTenant(identity.tenant(), () -> me(identity, others, held));
    }

    private MeResponse me(Identity identity, List<TenantSwitch.TenantSummary> others, List<Access.HeldPermission> held) {
        var session = identity.session().flatMap(id -> sessions.find(identity.tenant(), id));
        return new MeResponse(
                identity.subject(),
                users.find(TenantScope.of(identity.tenant()), identity.subject())
                        .orElse(null),
                identity.tenant().value(),
                others,
                held.stream()
                        .flatMap(one -> one.via().stream())
                        .map(via -> new HeldRole(via.role(), via.clientId(), via.resource(), via.group()))
                        .distinct()
                        .toList(),
                held,
                session.map(one -> new CurrentSession(one.id(), one.until(), one.absoluteUntil()))
                        .orElse(null),
                session.map(MeController::banner).orElse(null));
    }

    private static @Nullable ActiveImpersonation banner(Sessions.Session session) {
        var impersonation = session.support();
        return impersonation == null
                ? null
                : new ActiveImpersonation(impersonation.impersonator(), impersonation.name(), impersonation.reason(), session.absoluteUntil());
    }
}
