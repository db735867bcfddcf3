package dev.patchbay.iam.web;

import dev.patchbay.iam.access.Authenticated;
import dev.patchbay.iam.access.Identity;
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

    /** Goes on in another agency where the same person is a user, under a new session. */
    @Authenticated
    @OneTimeSecret
    @PostMapping("/session/tenant")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void switchTenant(
            Identity identity,
            @RequestBody SwitchRequest wanted,
            HttpServletRequest request,
            HttpServletResponse response) {
        requireOneself(identity);
        var openedSession = tenantSwitch.switchTo(
                identity, own(identity), RequestInput.text("tenantId", wanted.tenantId()), Sessions.SessionOrigin.of(request));
        cookies.setSession(response, openedSession.secret());
    }

    private static void requireOneself(Identity identity) {
        if (identity.impersonator().isPresent()) {
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

    @Authenticated
    @GetMapping("/sessions")
    SessionList list(Identity identity) {
        return SessionList.of(sessions.list(identity.tenant(), identity.subject()), identity);
    }

    /** Ends one of the caller's own sessions. */
    @Authenticated
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
    @Authenticated
    @DeleteMapping("/sessions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endAll(Identity identity, HttpServletResponse response) {
        requireOneself(identity);
        own(identity);
        tenantSwitch.signOutEverywhere(identity);
        cookies.clearSession(response);
    }
}
