package dev.patchbay.iam.web;

import dev.patchbay.iam.access.Authenticated;
import dev.patchbay.iam.access.Caller;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.Requires;
import dev.patchbay.iam.signin.ImpersonationSessions;
import dev.patchbay.iam.signin.Sessions;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
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

/** Acting for somebody, and who did. */
@RestController
@RequestMapping("/api/v1/support/sessions")
final class ImpersonationController {

    private static final int LONGEST_REASON = 500;

    private final ImpersonationSessions support;
    private final Sessions sessions;
    private final SessionCookies cookies;

    ImpersonationController(ImpersonationSessions support, Sessions sessions, SessionCookies cookies) {
        this.support = support;
        this.sessions = sessions;
        this.cookies = cookies;
    }

    /** @param minutes 60 at most */
    record SupportRequest(
            @Nullable String tenantId,
            @Nullable String userId,
            @Nullable String reason,
            @Nullable Integer minutes) {

        private ImpersonationSessions.ImpersonationRequest wish() {
            String why = RequestInput.text("reason", reason).strip();
            if (why.length() > LONGEST_REASON) {
                throw new Problem(ProblemType.VARIABLES_INVALID, "Give reason in 500 characters at most.");
            }
            return new ImpersonationSessions.ImpersonationRequest(
                    tenant(),
                    RequestInput.text("userId", userId),
                    why,
                    Duration.ofMinutes(minutes == null ? 0 : minutes));
        }

        private TenantId tenant() {
            try {
                return new TenantId(RequestInput.text("tenantId", tenantId));
            } catch (IllegalArgumentException malformed) {
                throw new Problem(ProblemType.TENANT_NOT_FOUND, "There is no such agency.");
            }
        }
    }

    /** @param endedAt null while it lasts, and when it ended by itself at {@code until} */
    record SupportResponse(
            String id,
            String userId,
            String by,
            String name,
            String reason,
            Instant createdAt,
            Instant until,
            @Nullable Instant endedAt) {

        static SupportResponse from(Sessions.Session session) {
            var support = Objects.requireNonNull(session.support());
            return new SupportResponse(
                    session.id(),
                    session.userId(),
                    support.by(),
                    support.name(),
                    support.reason(),
                    session.createdAt(),
                    session.absoluteUntil(),
                    session.endedAt());
        }
    }

    /** The browser is that user from now on; a banner says so ({@code GET /api/v1/me}). */
    @Requires("impersonate:users")
    @OneTimeSecret
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    SupportResponse begin(
            Identity identity,
            @RequestBody SupportRequest request,
            HttpServletRequest served,
            HttpServletResponse response) {
        var opened = support.begin(identity, request.wish(), Sessions.Origin.of(served));
        cookies.signedIn(response, opened.secret());
        return SupportResponse.from(opened.session());
    }

    @Requires(value = "read:users", tenantWide = true)
    @GetMapping
    Page<SupportResponse> list(
            Caller caller,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "") String after) {
        int most = Math.clamp(limit, 1, 200);
        var rows = sessions.supported(caller.scope().tenant(), most + 1, after).stream()
                .map(SupportResponse::from)
                .toList();
        return Page.of(rows, most, SupportResponse::id);
    }

    /** By whoever acts for the user, who is themselves again; or by the agency, with {@code suspend:users}. */
    @Authenticated
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(
            Caller caller,
            Identity identity,
            @PathVariable String id,
            HttpServletRequest served,
            HttpServletResponse response) {
        if (identity.support().isPresent() && identity.session().equals(Optional.of(id))) {
            // What follows they do as themselves.
            served.removeAttribute(ImpersonatorAttribute.NAME);
            support.leave(identity, Sessions.Origin.of(served))
                    .ifPresentOrElse(own -> cookies.signedIn(response, own.secret()), () -> cookies.forget(response));
            return;
        }
        var reach = caller.require("suspend:users");
        if (!reach.isWholeTenant() || !support.end(reach.tenant(), caller.subject(), id)) {
            throw new Problem(ProblemType.SESSION_NOT_FOUND, "Nobody acts for somebody here under " + id + ".");
        }
    }
}
