package dev.patchbay.iam.web;

import dev.patchbay.iam.SessionId;
import dev.patchbay.iam.access.Authenticated;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.iam.sessions.Session;
import dev.patchbay.iam.sessions.SessionOrigin;
import dev.patchbay.iam.sessions.Sessions;
import dev.patchbay.iam.signin.ImpersonationRequest;
import dev.patchbay.iam.signin.ImpersonationSessions;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import dev.patchbay.kernel.web.ImpersonatorAttribute;
import dev.patchbay.kernel.web.OneTimeSecret;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Starts, lists and ends impersonations. */
@RestController
@RequestMapping("/api/v1/impersonations")
final class ImpersonationController {

    private static final int MAX_REASON_LENGTH = 500;

    private final ImpersonationSessions impersonations;
    private final Sessions sessions;
    private final SessionCookies cookies;

    ImpersonationController(ImpersonationSessions impersonations, Sessions sessions, SessionCookies cookies) {
        this.impersonations = impersonations;
        this.sessions = sessions;
        this.cookies = cookies;
    }

    /** @param minutes 60 at most */
    record StartImpersonationRequest(
            @Nullable String tenantId,
            @Nullable String userId,
            @Nullable String reason,
            @Nullable Integer minutes) {

        private ImpersonationRequest toImpersonation() {
            String purpose = RequestInput.text("reason", reason).strip();
            if (purpose.length() > MAX_REASON_LENGTH) {
                throw new Problem(
                        ProblemType.VARIABLES_INVALID, "Give reason in " + MAX_REASON_LENGTH + " characters at most.");
            }
            return new ImpersonationRequest(
                    tenant(), RequestInput.user(userId), purpose, Duration.ofMinutes(minutes == null ? 0 : minutes));
        }

        private TenantId tenant() {
            try {
                return new TenantId(RequestInput.text("tenantId", tenantId));
            } catch (IllegalArgumentException malformed) {
                throw new Problem(ProblemType.TENANT_NOT_FOUND, "There is no such agency.");
            }
        }
    }

    /**
     * @param name the operator's
     * @param endedAt null while it lasts, and when it expired at {@code until}
     */
    record ImpersonationResponse(
            SessionId id,
            UserId userId,
            UserId impersonatorId,
            String name,
            String reason,
            Instant createdAt,
            Instant until,
            @Nullable Instant endedAt) {

        static ImpersonationResponse from(Session session) {
            var impersonation = Objects.requireNonNull(session.impersonation());
            return new ImpersonationResponse(
                    session.id(),
                    session.userId(),
                    impersonation.impersonator(),
                    impersonation.name(),
                    impersonation.reason(),
                    session.createdAt(),
                    session.absoluteUntil(),
                    session.endedAt());
        }
    }

    /** The browser acts as that user from now on; {@code GET /api/v1/me} says so. */
    @Requires("impersonate:users")
    @OneTimeSecret
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ImpersonationResponse start(
            Identity identity,
            @RequestBody StartImpersonationRequest request,
            HttpServletRequest served,
            HttpServletResponse response) {
        var openedSession = impersonations.start(identity, request.toImpersonation(), SessionOrigin.of(served));
        cookies.setSession(response, openedSession.secret());
        return ImpersonationResponse.from(openedSession.session());
    }

    @Requires(value = "read:users", tenantWide = true)
    @GetMapping
    Page<ImpersonationResponse> list(
            Caller caller,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "") String after) {
        int pageSize = Math.clamp(limit, 1, 200);
        var rows = sessions.listImpersonations(caller.scope().tenant(), pageSize + 1, after).stream()
                .map(ImpersonationResponse::from)
                .toList();
        return Page.of(rows, pageSize, impersonation -> impersonation.id().value());
    }

    /** Ended by the operator, who returns to their own session; or by the agency, with {@code suspend:users}. */
    @Authenticated
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(
            Caller caller,
            Identity identity,
            @PathVariable SessionId id,
            HttpServletRequest served,
            HttpServletResponse response) {
        if (identity.impersonator().isPresent() && identity.session().equals(Optional.of(id))) {
            // The new session of the operator is audited as theirs.
            served.removeAttribute(ImpersonatorAttribute.NAME);
            impersonations
                    .endOwn(identity, SessionOrigin.of(served))
                    .ifPresentOrElse(
                            own -> cookies.setSession(response, own.secret()), () -> cookies.clearSession(response));
            return;
        }
        var scope = caller.require("suspend:users");
        if (!scope.isWholeTenant() || !impersonations.end(scope.tenant(), caller.subject(), id)) {
            throw new Problem(ProblemType.SESSION_NOT_FOUND, "There is no active impersonation " + id + ".");
        }
    }
}
