package dev.patchbay.iam.web;

import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.PermitAll;
import dev.patchbay.iam.sessions.SessionOrigin;
import dev.patchbay.iam.signin.AuthorizationResponse;
import dev.patchbay.iam.signin.ImpersonationSessions;
import dev.patchbay.iam.signin.SignIns;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.web.ErrorPage;
import dev.patchbay.kernel.web.ImpersonatorAttribute;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.util.HtmlUtils;

/** Sign-in and sign-out of browsers. A refusal is an HTML page, or a problem for a client that accepts JSON only. */
@Controller
final class SignInController {

    /** The characters of a path and query beside letters and digits (RFC 3986); others are percent-encoded. */
    private static final String PATH_CHARACTERS = "-._~!$&'()*+,;=:@%/?";

    private static final int MAX_RETURN_PATH_LENGTH = 1_000;

    private final SignIns signIns;
    private final ImpersonationSessions impersonations;
    private final SessionCookies cookies;
    private final Settings settings;

    SignInController(SignIns signIns, ImpersonationSessions impersonations, SessionCookies cookies, Settings settings) {
        this.signIns = signIns;
        this.impersonations = impersonations;
        this.cookies = cookies;
        this.settings = settings;
    }

    @PermitAll("starts the sign-in of anybody")
    @GetMapping("/sign-in")
    ResponseEntity<String> begin(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "/") String to,
            @RequestParam Optional<String> invitation) {
        if (isOnAnotherHost(request)) {
            // The issuer sends people back to the public address, where this host's cookies do not go.
            String query = Optional.ofNullable(request.getQueryString())
                    .map(text -> "?" + text)
                    .orElse("");
            return redirectTo(URI.create(settings.publicUrl() + "/sign-in" + query));
        }
        return errorPage(request).respond(request, () -> {
            var signInRedirect = signIns.begin(safeReturnPath(to), invitation);
            cookies.setSignIn(response, signInRedirect.browserSecret());
            return redirectTo(signInRedirect.location());
        });
    }

    /** Its link starts again with the same query; after the callback that query is lost, so the page mentions the mail. */
    static ErrorPage errorPage(HttpServletRequest request) {
        boolean starts = request.getRequestURI().equals("/sign-in");
        String query = starts && request.getQueryString() != null ? "?" + request.getQueryString() : "";
        String again = "<a class=\"button\" href=\"/sign-in%s\">Start again</a> <a href=\"/\">Home</a>"
                .formatted(HtmlUtils.htmlEscape(query));
        return new ErrorPage(
                "Not signed in",
                "You are not signed in",
                starts ? again : "If a mail invited you, follow the link in it once more. " + again);
    }

    private boolean isOnAnotherHost(HttpServletRequest request) {
        return !settings.publicUrl().getHost().equalsIgnoreCase(request.getServerName());
    }

    /** The path when it is one of ours; the start page when a browser could take the path's beginning for a host. */
    static String safeReturnPath(String to) {
        boolean ours = to.startsWith("/")
                && to.length() <= MAX_RETURN_PATH_LENGTH
                && !to.startsWith("//")
                && to.chars().allMatch(SignInController::isPathCharacter);
        try {
            return ours ? new URI(to).toString() : "/";
        } catch (URISyntaxException malformed) {
            return "/";
        }
    }

    private static boolean isPathCharacter(int c) {
        return (c < 128 && Character.isLetterOrDigit(c)) || PATH_CHARACTERS.indexOf(c) >= 0;
    }

    @PermitAll("verifies what the issuer sent")
    @GetMapping("/sign-in/callback")
    ResponseEntity<String> finish(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String error,
            @RequestParam(defaultValue = "") String iss) {
        // The sign-in is audited as the person's own, also when this browser was in an impersonation.
        request.removeAttribute(ImpersonatorAttribute.NAME);
        return errorPage(request).respond(request, () -> {
            var authorization = new AuthorizationResponse(state, code, error, iss);
            var completedSignIn = signIns.finish(cookies.signIn(request), authorization, SessionOrigin.of(request));
            cookies.clearSignIn(response);
            // The previous session of this browser ends, so that its secret cannot be fixated.
            Identity.of(request).ifPresent(impersonations::signOut);
            cookies.setSession(response, completedSignIn.session().secret());
            return redirectTo(URI.create(settings.publicUrl() + completedSignIn.returnPath()));
        });
    }

    private static ResponseEntity<String> redirectTo(URI to) {
        return ResponseEntity.status(HttpStatus.FOUND).location(to).build();
    }

    @PermitAll("has no effect without a session")
    @PostMapping("/sign-out")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(HttpServletRequest request, HttpServletResponse response) {
        Identity.of(request).ifPresent(impersonations::signOut);
        // A cross-site form sends no cookie; it must not delete one either.
        cookies.session(request).ifPresent(secret -> cookies.clearSession(response));
    }
}
