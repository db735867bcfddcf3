package dev.patchbay.iam.web;

import dev.patchbay.iam.Access;
import dev.patchbay.iam.Identity;
import dev.patchbay.iam.RoleAssignments;
import dev.patchbay.iam.Sessions;
import dev.patchbay.iam.SignedIn;
import dev.patchbay.iam.Users;
import dev.patchbay.iam.internal.Identities;
import dev.patchbay.iam.internal.Identities.Membership;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantScope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who the caller is, and the sessions they have. */
@RestController
@RequestMapping("/api/v1")
final class MeController {

    private final Sessions sessions;
    private final Users users;
    private final Identities identities;
    private final RoleAssignments assignments;
    private final Access access;
    private final SessionCookies cookies;

    MeController(
            Sessions sessions,
            Users users,
            Identities identities,
            RoleAssignments assignments,
            Access access,
            SessionCookies cookies) {
        this.sessions = sessions;
        this.users = users;
        this.identities = identities;
        this.assignments = assignments;
        this.access = access;
        this.cookies = cookies;
    }

    record Agency(String id, String name) {}

    /** @param clientId the only client it is for */
    record Role(
            String role,
            @Nullable String clientId,
            @Nullable String resource) {}

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
            List<Agency> tenants,
            List<Role> roles,
            List<Access.Held> permissions,
            @Nullable CurrentSession session,
            @Nullable Banner support) {}

    @SignedIn
    @GetMapping("/me")
    Me me(Identity identity) {
        var session = identity.session().flatMap(id -> sessions.find(identity.tenant(), id));
        var scope = TenantScope.of(identity.tenant());
        return new Me(
                identity.subject(),
                users.find(scope, identity.subject()).orElse(null),
                identity.tenant().value(),
                agencies(identity),
                assignments.list(scope, Optional.of(identity.subject()), 200, "").stream()
                        .map(one -> new Role(one.role(), one.clientId(), one.resource()))
                        .toList(),
                access.held(identity.tenant(), identity.subject()),
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

    /** Whoever acts for somebody sees where they are, not where else that somebody belongs. */
    private List<Agency> agencies(Identity identity) {
        return identities.besides(identity.tenant(), identity.subject()).stream()
                .filter(Membership::isActive)
                .filter(one -> identity.support().isEmpty() || one.tenant().equals(identity.tenant()))
                .map(one -> new Agency(one.tenant().value(), one.tenantName()))
                .toList();
    }

    record SwitchRequest(@Nullable String tenantId) {}

    /** Goes on in another agency where the same person is a user, under a new session. */
    @SignedIn
    @PostMapping("/session/tenant")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void change(
            Identity identity,
            @RequestBody SwitchRequest wanted,
            HttpServletRequest request,
            HttpServletResponse response) {
        requireOneself(identity);
        var before = own(identity);
        String tenant = Given.text("tenantId", wanted.tenantId());
        var target = identities.besides(identity.tenant(), identity.subject()).stream()
                .filter(Membership::isActive)
                .filter(one -> one.tenant().value().equals(tenant))
                .findFirst()
                .orElseThrow(() -> new Problem(ProblemType.TENANT_NOT_FOUND, "You are no user of such an agency."));
        var opened = sessions.open(
                target.tenant(), target.user(), SignInController.origin(request), null, before.absoluteUntil());
        sessions.end(identity.tenant(), identity.subject(), before.id());
        cookies.signedIn(response, opened.secret());
    }

    private static void requireOneself(Identity identity) {
        if (identity.support().isPresent()) {
            throw new Problem(ProblemType.FORBIDDEN, "You act for this user; their sessions are theirs.");
        }
    }

    private Sessions.Session own(Identity identity) {
        return identity.session()
                .flatMap(id -> sessions.find(identity.tenant(), id))
                .orElseThrow(() -> new Problem(ProblemType.FORBIDDEN, "This is for somebody who is signed in."));
    }

    /** @param current whether this request belongs to it */
    record SessionResponse(
            String id,
            Instant createdAt,
            Instant seenAt,
            Instant until,
            String sourceIp,
            String userAgent,
            boolean current) {

        static SessionResponse from(Sessions.Session session, Identity caller) {
            return new SessionResponse(
                    session.id(),
                    session.createdAt(),
                    session.seenAt(),
                    session.until(),
                    session.sourceIp(),
                    session.userAgent(),
                    caller.session().equals(Optional.of(session.id())));
        }
    }

    /** All of them: there is no next page. */
    record SessionList(
            List<SessionResponse> items, @Nullable String next) {

        static SessionList of(List<Sessions.Session> sessions, Identity caller) {
            return new SessionList(
                    sessions.stream()
                            .map(one -> SessionResponse.from(one, caller))
                            .toList(),
                    null);
        }
    }

    @SignedIn
    @GetMapping("/sessions")
    SessionList list(Identity identity) {
        return SessionList.of(sessions.list(identity.tenant(), identity.subject()), identity);
    }

    /** Ends one of the caller's own sessions. */
    @SignedIn
    @DeleteMapping("/sessions/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(Identity identity, @PathVariable String id) {
        requireOneself(identity);
        boolean own = sessions.list(identity.tenant(), identity.subject()).stream()
                .anyMatch(session -> session.id().equals(id));
        if (!own || !sessions.end(identity.tenant(), identity.subject(), id)) {
            throw new Problem(ProblemType.SESSION_NOT_FOUND, "You have no session " + id + ".");
        }
    }

    /** Signs the caller out everywhere, in every agency where they are a user. */
    @SignedIn
    @DeleteMapping("/sessions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endAll(Identity identity, HttpServletResponse response) {
        requireOneself(identity);
        own(identity);
        identities
                .besides(identity.tenant(), identity.subject())
                .forEach(one -> sessions.endAll(one.tenant(), one.user(), one.user()));
        // Those of a user whom nobody signed in as through an issuer.
        sessions.endAll(identity.tenant(), identity.subject(), identity.subject());
        cookies.forget(response);
    }
}
