package dev.patchbay.iam.web;

import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.signin.Sessions;
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
 * Makes the user of a session the request's principal. A request that changes something has to come from a page of ours: with
 * the session's CSRF token, and from our origin where the browser says from where. A bearer token goes before a cookie: no
 * browser adds one by itself, as it does the credentials of a proxy in front.
 */
final class SessionFilter extends OncePerRequestFilter {

    static final String CSRF_HEADER = "X-CSRF-Token";

    static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    /** Where it matters who somebody is. */
    private static final List<String> PLACES = List.of("/api/", "/sign-in/callback", "/sign-out", "/connect/", "/v3/");

    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

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

    /** The user as Spring Security carries it; what they may do is asked of {@code Access}. */
    record Holder(Identity identity) implements AuthenticatedPrincipal, Identity.Known {

        @Override
        public String getName() {
            return identity.subject();
        }
    }

    /** Pages and what they are made of are everybody's: a session need not be looked up for them. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return PLACES.stream().noneMatch(request.getRequestURI()::startsWith);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> secret = showsToken(request) ? Optional.empty() : cookies.session(request);
        Optional<Identity> identity = secret.flatMap(sessions::use);
        if (identity.isPresent()) {
            if (!SAFE.contains(request.getMethod()) && !isOurs(request, secret.orElseThrow())) {
                problems.write(
                        request,
                        response,
                        new Problem(
                                ProblemType.FORBIDDEN,
                                "A request of a session needs its CSRF token in " + CSRF_HEADER
                                        + ", and has to come from a page of this installation."));
                return;
            }
            become(request, identity.get());
        }
        chain.doFilter(request, response);
    }

    private static boolean showsToken(HttpServletRequest request) {
        @Nullable String shown = request.getHeader(HttpHeaders.AUTHORIZATION);
        return shown != null && shown.regionMatches(true, 0, "Bearer ", 0, 7);
    }

    private static void become(HttpServletRequest request, Identity identity) {
        identity.support().ifPresent(operator -> request.setAttribute(ImpersonatorAttribute.NAME, operator));
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(
                UsernamePasswordAuthenticationToken.authenticated(new Holder(identity), null, List.of()));
        SecurityContextHolder.setContext(context);
    }

    private boolean isOurs(HttpServletRequest request, String secret) {
        @Nullable String token = request.getHeader(CSRF_HEADER);
        @Nullable String from = request.getHeader(HttpHeaders.ORIGIN);
        @Nullable String site = request.getHeader("Sec-Fetch-Site");
        return token != null
                && Secret.constantTimeEquals(token, SessionCookies.csrf(secret))
                && (from == null || from.equals(origin))
                && (site == null || OWN_SITES.contains(site));
    }
}
