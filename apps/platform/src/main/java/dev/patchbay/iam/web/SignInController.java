package dev.patchbay.iam.web;

import dev.patchbay.iam.Identity;
import dev.patchbay.iam.Open;
import dev.patchbay.iam.Sessions;
import dev.patchbay.iam.SignInSettings;
import dev.patchbay.iam.internal.signin.SignIns;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.web.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Where browsers sign in and out. Refusals are pages for people, and problems for whoever asks for JSON. */
@Controller
final class SignInController {

    /** An address of ours: one slash, then nothing that a browser could take for a host. */
    private static final Pattern OWN =
            Pattern.compile("/(?:[A-Za-z0-9._~!$&'()*+,;=:@%-][A-Za-z0-9._~!$&'()*+,;=:@%?/-]*)?");

    private static final int LONGEST = 1_000;

    private final SignIns signIns;
    private final Sessions sessions;
    private final SessionCookies cookies;
    private final SignInSettings settings;
    private final ProblemWriter problems;

    SignInController(
            SignIns signIns,
            Sessions sessions,
            SessionCookies cookies,
            SignInSettings settings,
            ProblemWriter problems) {
        this.signIns = signIns;
        this.sessions = sessions;
        this.cookies = cookies;
        this.settings = settings;
        this.problems = problems;
    }

    @Open("whoever signs in is not known yet")
    @GetMapping("/sign-in")
    void begin(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "/") String to,
            @RequestParam Optional<String> invitation)
            throws IOException {
        if (isElsewhere(request)) {
            // The issuer sends people back to the public address, where this host's cookies do not go.
            String query = Optional.ofNullable(request.getQueryString())
                    .map(text -> "?" + text)
                    .orElse("");
            go(response, settings.publicUrl() + "/sign-in" + query);
            return;
        }
        orRefuse(request, response, () -> {
            var begun = signIns.begin(own(to), invitation);
            cookies.began(response, begun.secret());
            go(response, begun.to().toString());
        });
    }

    /** Does it, or says why nobody was signed in. */
    private void orRefuse(HttpServletRequest request, HttpServletResponse response, Runnable work) throws IOException {
        try {
            work.run();
        } catch (Problem refused) {
            refuse(request, response, refused);
        }
    }

    private boolean isElsewhere(HttpServletRequest request) {
        return !settings.publicUrl().getHost().equalsIgnoreCase(request.getServerName());
    }

    static String own(String to) {
        return to.length() <= LONGEST && OWN.matcher(to).matches() ? to : "/";
    }

    @Open("what the issuer says is verified here")
    @GetMapping("/sign-in/callback")
    void finish(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String error,
            @RequestParam(defaultValue = "") String iss)
            throws IOException {
        String secret = cookies.signIn(request);
        orRefuse(request, response, () -> {
            var back = new SignIns.Returned(state, code, error, iss);
            var signedIn = signIns.finish(secret, back, origin(request));
            cookies.forgetSignIn(response);
            // The session that this browser had ends: nobody who knew it gets into the new one.
            Identity.of(request).ifPresent(this::end);
            cookies.signedIn(response, signedIn.session().secret());
            go(response, settings.publicUrl() + signedIn.goal());
        });
    }

    static Sessions.Origin origin(HttpServletRequest request) {
        String agent =
                Optional.ofNullable(request.getHeader(HttpHeaders.USER_AGENT)).orElse("");
        return new Sessions.Origin(request.getRemoteAddr(), agent.substring(0, Math.min(agent.length(), 300)));
    }

    private void end(Identity identity) {
        identity.session().ifPresent(session -> sessions.end(identity.tenant(), identity.subject(), session));
    }

    @Open("whoever is not signed in is signed out")
    @PostMapping("/sign-out")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(HttpServletRequest request, HttpServletResponse response) {
        Identity.of(request).ifPresent(this::end);
        cookies.forget(response);
    }

    private static void go(HttpServletResponse response, String to) {
        response.setStatus(HttpStatus.FOUND.value());
        response.setHeader(HttpHeaders.LOCATION, URI.create(to).toASCIIString());
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, Problem refused) throws IOException {
        String accepted =
                Optional.ofNullable(request.getHeader(HttpHeaders.ACCEPT)).orElse("");
        if (!accepted.contains(MediaType.TEXT_HTML_VALUE)) {
            problems.write(request, response, refused);
            return;
        }
        response.setStatus(refused.type().status());
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter().write(RefusalPage.of(refused.detail()));
    }
}
