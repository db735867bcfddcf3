package dev.patchbay.kernel.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * Sets and reads cookies: for every path of this host, {@code SameSite=Lax}. Over https, names begin with {@code __Host-}, so
 * that no other host and no plain http response can set them.
 */
public final class BrowserCookies {

    private final boolean https;

    public BrowserCookies(URI publicUrl) {
        this.https = "https".equals(publicUrl.getScheme());
    }

    /** The name in the browser. */
    public String name(String name) {
        return https ? "__Host-" + name.replace('_', '-').replaceFirst("-session$", "") : name;
    }

    public static Optional<String> read(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getCookies()).stream()
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .findFirst();
    }

    /**
     * Sets a cookie.
     *
     * @param hidden whether scripts cannot read it ({@code HttpOnly})
     * @param maxAge zero deletes it
     */
    public void set(HttpServletResponse response, String name, String value, boolean hidden, Duration maxAge) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(name, value)
                        .httpOnly(hidden)
                        .secure(https)
                        .sameSite("Lax")
                        .path("/")
                        .maxAge(maxAge)
                        .build()
                        .toString());
    }
}
