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
 * Cookies as we set them: for the whole of this host, not sent along by other sites' requests. Over https the names begin with
 * {@code __Host-}: then no other host, and nobody on plain http, can have set them.
 */
public final class BrowserCookies {

    private final boolean https;

    public BrowserCookies(URI publicUrl) {
        this.https = "https".equals(publicUrl.getScheme());
    }

    /** The name as browsers know it. */
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
     * @param hidden from scripts
     * @param life zero takes it away
     */
    public void set(HttpServletResponse response, String name, String value, boolean hidden, Duration life) {
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
