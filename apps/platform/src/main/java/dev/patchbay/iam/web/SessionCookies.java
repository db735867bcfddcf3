package dev.patchbay.iam.web;

import dev.patchbay.iam.signin.SignInSettings;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.web.BrowserCookies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What browsers keep. The session's is out of scripts' reach; beside it lies a token, derived from it, that scripts of this
 * origin send back.
 */
@Component
class SessionCookies {

    private static final Duration SIGN_IN = Duration.ofMinutes(10);
    private static final Duration GONE = Duration.ZERO;

    private final BrowserCookies cookies;
    private final Duration session;

    SessionCookies(SignInSettings settings) {
        this.cookies = new BrowserCookies(settings.publicUrl());
        this.session = settings.sessions().absolute();
    }

    String session() {
        return cookies.name("patchbay_session");
    }

    String csrf() {
        return cookies.name("patchbay_csrf");
    }

    String signIn() {
        return cookies.name("patchbay_sign_in");
    }

    Optional<String> session(HttpServletRequest request) {
        return BrowserCookies.read(request, session());
    }

    /** What this browser kept when it went to the issuer; empty text for nothing. */
    String signIn(HttpServletRequest request) {
        return BrowserCookies.read(request, signIn()).orElse("");
    }

    void began(HttpServletResponse response, String secret) {
        cookies.set(response, signIn(), secret, true, SIGN_IN);
    }

    void signedIn(HttpServletResponse response, String secret) {
        cookies.set(response, session(), secret, true, session);
        cookies.set(response, csrf(), csrf(secret), false, session);
    }

    void forgetSignIn(HttpServletResponse response) {
        cookies.set(response, signIn(), "", true, GONE);
    }

    void forget(HttpServletResponse response) {
        cookies.set(response, session(), "", true, GONE);
        cookies.set(response, csrf(), "", false, GONE);
    }

    /** What a script sends back in {@code X-CSRF-Token}; another session's does not fit. */
    static String csrf(String secret) {
        return Secret.derive(secret, "csrf");
    }
}
