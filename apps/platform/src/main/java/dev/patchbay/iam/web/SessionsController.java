package dev.patchbay.iam.web;

import dev.patchbay.iam.SessionId;
import dev.patchbay.iam.access.Authenticated;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.sessions.Session;
import dev.patchbay.iam.sessions.SessionOrigin;
import dev.patchbay.iam.sessions.Sessions;
import dev.patchbay.iam.signin.TenantSwitch;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.web.OneTimeSecret;
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

/** The caller's own sessions. */
@RestController
@RequestMapping("/api/v1")
final class SessionsController {

    private final Sessions sessions;
    private final TenantSwitch tenantSwitch;
    private final SessionCookies cookies;

    SessionsController(Sessions sessions, TenantSwitch tenantSwitch, SessionCookies cookies) {
        this.sessions = sessions;
        this.tenantSwitch = tenantSwitch;
        this.cookies = cookies;
    }

    record SwitchRequest(@Nullable String tenantId) {}

    /** Continues in another agency where the same person is a user, in a new session. */
    @Authenticated
    @OneTimeSecret
    @PostMapping("/session/tenant")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void switchTenant(
            Identity identity,
            @RequestBody SwitchRequest body,
            HttpServletRequest request,
            HttpServletResponse response) {
        requireNoImpersonation(identity);
        var openedSession = tenantSwitch.switchTo(
                identity,
                requireSession(identity),
                RequestInput.text("tenantId", body.tenantId()),
                SessionOrigin.of(request));
        cookies.setSession(response, openedSession.secret());
    }

    private static void requireNoImpersonation(Identity identity) {
        if (identity.impersonator().isPresent()) {
            throw new Problem(ProblemType.FORBIDDEN, "You act as this user; their own sessions are out of reach.");
        }
    }

    private Session requireSession(Identity identity) {
        return identity.session()
                .flatMap(id -> sessions.findActive(identity.tenant(), id))
                .orElseThrow(() ->
                        new Problem(ProblemType.FORBIDDEN, "This needs the session of a user, not a service token."));
    }

    /** @param current whether it is the session of this request */
    record SessionResponse(
            SessionId id,
            Instant createdAt,
            Instant seenAt,
            Instant until,
            String sourceIp,
            String userAgent,
            boolean current) {

        static SessionResponse from(Session session, Identity caller) {
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

    /** All active sessions; there is no next page. */
    record SessionList(
            List<SessionResponse> items, @Nullable String next) {

        static SessionList of(List<Session> sessions, Identity caller) {
            return new SessionList(
                    sessions.stream()
                            .map(one -> SessionResponse.from(one, caller))
                            .toList(),
                    null);
        }
    }

    @Authenticated
    @GetMapping("/sessions")
    SessionList list(Identity identity) {
        return SessionList.of(listOwn(identity), identity);
    }

    private List<Session> listOwn(Identity identity) {
        return identity.user()
                .map(user -> sessions.list(identity.tenant(), user))
                .orElse(List.of());
    }

    /** Ends one of the caller's own sessions. */
    @Authenticated
    @DeleteMapping("/sessions/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(Identity identity, @PathVariable SessionId id) {
        requireNoImpersonation(identity);
        boolean own =
                listOwn(identity).stream().anyMatch(session -> session.id().equals(id));
        if (!own || !sessions.end(identity.tenant(), identity.subject(), id)) {
            throw new Problem(ProblemType.SESSION_NOT_FOUND, "You have no session " + id + ".");
        }
    }

    /** Signs the caller out everywhere, in every agency where they are a user. */
    @Authenticated
    @DeleteMapping("/sessions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endAll(Identity identity, HttpServletResponse response) {
        requireNoImpersonation(identity);
        tenantSwitch.signOutEverywhere(identity, requireSession(identity).userId());
        cookies.clearSession(response);
    }
}
