package dev.patchbay.iam.web;

import dev.patchbay.iam.access.Access;
import dev.patchbay.iam.access.Authenticated;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.people.Users;
import dev.patchbay.iam.signin.Sessions;
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
    record Role(
            String role,
            @Nullable String clientId,
            @Nullable String resource,
            @Nullable String group) {}

    /** Who of the platform acts for this user, why and until when: to be shown on every page. */
    record Banner(String by, String name, String reason, Instant until) {}

    record CurrentSession(String id, Instant until, Instant absoluteUntil) {}

    /**
     * @param user null for a service token
     * @param tenants where the same person may switch to, this one included
     */
    record Me(
            String subject,
            Users.@Nullable User user,
            String tenantId,
            List<TenantSwitch.Agency> tenants,
            List<Role> roles,
            List<Access.Held> permissions,
            @Nullable CurrentSession session,
            @Nullable Banner support) {}

    @Authenticated
    @GetMapping("/me")
    Me me(Identity identity) {
        List<TenantSwitch.Agency> others = tenantSwitch.of(identity);
        List<Access.Held> held = access.held(identity);
        return tenancy.inTenant(identity.tenant(), () -> me(identity, others, held));
    }

    private Me me(Identity identity, List<TenantSwitch.Agency> others, List<Access.Held> held) {
        var session = identity.session().flatMap(id -> sessions.find(identity.tenant(), id));
        return new Me(
                identity.subject(),
                users.find(TenantScope.of(identity.tenant()), identity.subject())
                        .orElse(null),
                identity.tenant().value(),
                others,
                held.stream()
                        .flatMap(one -> one.via().stream())
                        .map(via -> new Role(via.role(), via.clientId(), via.resource(), via.group()))
                        .distinct()
                        .toList(),
                held,
                session.map(one -> new CurrentSession(one.id(), one.until(), one.absoluteUntil()))
                        .orElse(null),
                session.map(MeController::banner).orElse(null));
    }

    private static @Nullable Banner banner(Sessions.Session session) {
        var support = session.support();
        return support == null
                ? null
                : new Banner(support.by(), support.name(), support.reason(), session.absoluteUntil());
    }
}
