package dev.patchbay.iam.web;

import dev.patchbay.iam.access.Identity;
import dev.patchbay.iam.access.PermitAll;
import dev.patchbay.iam.signin.ImpersonationSessions;
import dev.patchbay.iam.signin.Sessions;
import dev.patchbay.iam.signin.SignInSettings;
import dev.patchbay.iam.signin.SignIns;
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

/** Where browsers sign in and out. Refusals are pages for people, and problems for whoever asks for JSON. */
@Controller
final class SignInController {

    /** What the address of a page is made of; everything else is spelt with it, percent and hex digits. */
    private static final String IN_AN_ADDRESS = "-._~!$&'()*+,;=:@%/?";

    private static final int LONGEST = 1_000;

    private final SignIns signIns;
    private final ImpersonationSessions support;
    private final SessionCookies cookies;
    private final SignInSettings settings;

    SignInController(SignIns signIns, ImpersonationSessions support, SessionCookies cookies, SignInSettings settings) {
        this.signIns = signIns;
        this.support = support;
        this.cookies = cookies;
        this.settings = settings;
    }

    @PermitAll("whoever signs in is not known yet")
    @GetMapping("/sign-in")
    ResponseEntity<String> begin(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "/") String to,
            @RequestParam Optional<String> invitation) {
        if (isElsewhere(request)) {
            // The issuer sends people back to the public address, where this host's cookies do not go.
            String query = Optional.ofNullable(request.getQueryString())
                    .map(text -> "?" + text)
                    .orElse("");
            return go(URI.create(settings.publicUrl() + "/sign-in" + query));
        }
        return refusal(request).respond(request, () -> {
            var begun = signIns.begin(own(to), invitation);
            cookies.began(response, begun.secret());
            return go(begun.to());
        });
    }

    /** One that was to begin is begun again with all it said; when people come back, the browser knows no more of that. */
    static ErrorPage refusal(HttpServletRequest request) {
        boolean begins = request.getRequestURI().equals("/sign-in");
        String query = begins && request.getQueryString() != null ? "?" + request.getQueryString() : "";
        String again = "<a class=\"button\" href=\"/sign-in%s\">Start again</a> <a href=\"/\">Home</a>"
                .formatted(HtmlUtils.htmlEscape(query));
        return new ErrorPage(
                "Not signed in",
                "You are not signed in",
                begins ? again : "If a mail invited you, follow the link in it once more. " + again);
    }

    private boolean isElsewhere(HttpServletRequest request) {
        return !settings.publicUrl().getHost().equalsIgnoreCase(request.getServerName());
    }

    /** Where to go on: an address of ours, with nothing at its beginning that a browser could take for a host. */
    static String own(String to) {
        boolean ours = to.startsWith("/")
                && to.length() <= LONGEST
                && !to.startsWith("//")
                && to.chars().allMatch(SignInController::isInAnAddress)
                && isAddress(to);
        return ours ? to : "/";
    }

    private static boolean isAddress(String to) {
        try {
            return !new URI(to).isAbsolute();
        } catch (URISyntaxException halfAnEscape) {
            return false;
        }
    }

    private static boolean isInAnAddress(int c) {
        return (c < 128 && Character.isLetterOrDigit(c)) || IN_AN_ADDRESS.indexOf(c) >= 0;
    }

    @PermitAll("what the issuer says is verified here")
    @GetMapping("/sign-in/callback")
    ResponseEntity<String> finish(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String error,
            @RequestParam(defaultValue = "") String iss) {
        // Whoever signs in does it as themselves, whomever this browser acted for until now.
        request.removeAttribute(ImpersonatorAttribute.NAME);
        return refusal(request).respond(request, () -> {
            var back = new SignIns.Returned(state, code, error, iss);
            var signedIn = signIns.finish(cookies.signIn(request), back, Sessions.Origin.of(request));
            cookies.forgetSignIn(response);
            // The session that this browser had ends: nobody who knew it gets into the new one.
            Identity.of(request).ifPresent(support::signOut);
            cookies.signedIn(response, signedIn.session().secret());
            return go(URI.create(settings.publicUrl() + signedIn.goal()));
        });
    }

    private static ResponseEntity<String> go(URI to) {
        return ResponseEntity.status(HttpStatus.FOUND).location(to).build();
    }

    @PermitAll("whoever is not signed in is signed out")
    @PostMapping("/sign-out")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(HttpServletRequest request, HttpServletResponse response) {
        Identity.of(request).ifPresent(support::signOut);
        // Another site's form sends no cookie, and is to take none away.
        cookies.session(request).ifPresent(secret -> cookies.forget(response));
    }
}
