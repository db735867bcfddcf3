package dev.patchbay.iam.web;

import dev.patchbay.iam.sessions.SessionSettings;
import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.web.BrowserCookies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The cookies of a session. The session cookie is HttpOnly; the CSRF cookie holds a token derived from it, which scripts of this
 * origin send back.
 */
@Component
class SessionCookies {

    private static final Duration SIGN_IN_AGE = Duration.ofMinutes(10);
    private static final Duration DELETED = Duration.ZERO;

    private final BrowserCookies cookies;
    private final Duration sessionAge;

    SessionCookies(Settings settings, SessionSettings sessions) {
        this.cookies = new BrowserCookies(settings.publicUrl());
        this.sessionAge = sessions.absolute();
    }

    String sessionName() {
        return cookies.name("patchbay_session");
    }

    String csrfName() {
        return cookies.name("patchbay_csrf");
    }

    String signInName() {
        return cookies.name("patchbay_sign_in");
    }

    Optional<String> session(HttpServletRequest request) {
        return BrowserCookies.read(request, sessionName());
    }

    /** The secret of the pending sign-in; empty text for none. */
    String signIn(HttpServletRequest request) {
        return BrowserCookies.read(request, signInName()).orElse("");
    }

    void setSignIn(HttpServletResponse response, String secret) {
        cookies.set(response, signInName(), secret, true, SIGN_IN_AGE);
    }

    void setSession(HttpServletResponse response, String secret) {
        cookies.set(response, sessionName(), secret, true, sessionAge);
        cookies.set(response, csrfName(), csrf(secret), false, sessionAge);
    }

    void clearSignIn(HttpServletResponse response) {
        cookies.set(response, signInName(), "", true, DELETED);
    }

    void clearSession(HttpServletResponse response) {
        cookies.set(response, sessionName(), "", true, DELETED);
        cookies.set(response, csrfName(), "", false, DELETED);
    }

    /** The value that {@code X-CSRF-Token} must have in requests of that session. */
    static String csrf(String secret) {
        return Secret.derive(secret, "csrf");
    }
}
