package dev.patchbay.iam.web;

import dev.patchbay.iam.SignInSettings;
import dev.patchbay.iam.internal.Secret;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * What browsers keep. Over https the names begin with {@code __Host-}: then no other host, and nobody on plain http, can have
 * set them. The session's is out of scripts' reach; beside it lies a token, derived from it, that scripts of this origin send back.
 */
@Component
class SessionCookies {

    private static final Duration SIGN_IN = Duration.ofMinutes(10);
    private static final Duration GONE = Duration.ZERO;

    private final boolean https;
    private final Duration session;

    SessionCookies(SignInSettings settings) {
        this.https = "https".equals(settings.publicUrl().getScheme());
        this.session = settings.sessions().absolute();
    }

    private String name(String name) {
        return https ? "__Host-" + name.replace('_', '-').replaceFirst("-session$", "") : name;
    }

    String session() {
        return name("patchbay_session");
    }

    String csrf() {
        return name("patchbay_csrf");
    }

    String signIn() {
        return name("patchbay_sign_in");
    }

    Optional<String> session(HttpServletRequest request) {
        return read(request, session());
    }

    /** What this browser kept when it went to the issuer; empty text for nothing. */
    String signIn(HttpServletRequest request) {
        return read(request, signIn()).orElse("");
    }

    private static Optional<String> read(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getCookies()).stream()
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .findFirst();
    }

    void began(HttpServletResponse response, String secret) {
        set(response, signIn(), secret, true, SIGN_IN);
    }

    void signedIn(HttpServletResponse response, String secret) {
        set(response, session(), secret, true, session);
        set(response, csrf(), csrf(secret), false, session);
    }

    void forgetSignIn(HttpServletResponse response) {
        set(response, signIn(), "", true, GONE);
    }

    void forget(HttpServletResponse response) {
        set(response, session(), "", true, GONE);
        set(response, csrf(), "", false, GONE);
    }

    /** What a script sends back in {@code X-CSRF-Token}; another session's does not fit. */
    static String csrf(String secret) {
        return Secret.derived(secret, "csrf");
    }

    private void set(HttpServletResponse response, String name, String value, boolean hidden, Duration life) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(name, value)
                        .httpOnly(hidden)
                        .secure(https)
                        .sameSite("Lax")
                        .path("/")
                        .maxAge(life)
                        .build()
                        .toString());
    }
}
