package dev.patchbay.iam.web;

import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.sessions.Sessions;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.web.ImpersonatorAttribute;
import dev.patchbay.kernel.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Authenticates the session cookie and makes its identity the request's principal. A request that changes something needs the
 * session's CSRF token and, where the browser sends {@code Origin} or {@code Sec-Fetch-Site}, our own origin. A bearer token takes precedence
 * over the cookie, since browsers never add one by themselves; Basic credentials of a proxy in front do not.
 */
final class SessionFilter extends OncePerRequestFilter {

    static final String CSRF_HEADER = "X-CSRF-Token";

    static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    /** Only these paths look at the session. */
    private static final List<String> SESSION_PATHS =
            List.of("/api/", "/ofrep/", "/sign-in/callback", "/sign-out", "/connect/", "/v3/");

    private static final Set<String> TRUSTED_FETCH_SITES = Set.of("same-origin", "none");

    private final Sessions sessions;
    private final SessionCookies cookies;
    private final ProblemWriter problems;
    private final String origin;

    SessionFilter(Sessions sessions, SessionCookies cookies, ProblemWriter problems, URI publicUrl) {
        this.sessions = sessions;
        this.cookies = cookies;
        this.problems = problems;
        this.origin = publicUrl.getScheme() + "://" + publicUrl.getRawAuthority();
    }

    /** The identity as Spring Security carries it; permissions come from {@code Access}. */
    record SessionPrincipal(Identity identity) implements AuthenticatedPrincipal, Identity.Principal {

        @Override
        public String getName() {
            return identity.subject();
        }
    }

    /** Static pages are public; no session is looked up for them. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return SESSION_PATHS.stream().noneMatch(request.getRequestURI()::startsWith);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> secret = hasBearerToken(request) ? Optional.empty() : cookies.session(request);
        Optional<Identity> identity = secret.flatMap(sessions::authenticate);
        if (identity.isPresent()) {
            if (!SAFE_METHODS.contains(request.getMethod()) && !isFromOwnPage(request, secret.orElseThrow())) {
                problems.write(
                        request,
                        response,
                        new Problem(
                                ProblemType.FORBIDDEN,
                                "A session request needs its CSRF token in " + CSRF_HEADER
                                        + ", and has to come from a page of this installation."));
                return;
            }
            setPrincipal(request, identity.get());
        }
        chain.doFilter(request, response);
    }

    private static boolean hasBearerToken(HttpServletRequest request) {
        @Nullable String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7);
    }

    private static void setPrincipal(HttpServletRequest request, Identity identity) {
        identity.impersonator()
                .ifPresent(operator -> request.setAttribute(ImpersonatorAttribute.NAME, operator.value()));
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(
                UsernamePasswordAuthenticationToken.authenticated(new SessionPrincipal(identity), null, List.of()));
        SecurityContextHolder.setContext(context);
    }

    private boolean isFromOwnPage(HttpServletRequest request, String secret) {
        @Nullable String token = request.getHeader(CSRF_HEADER);
        @Nullable String from = request.getHeader(HttpHeaders.ORIGIN);
        @Nullable String site = request.getHeader("Sec-Fetch-Site");
        return token != null
                && Secret.constantTimeEquals(token, SessionCookies.csrf(secret))
                && (from == null || from.equals(origin))
                && (site == null || TRUSTED_FETCH_SITES.contains(site));
    }
}
