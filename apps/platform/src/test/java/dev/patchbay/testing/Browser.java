package dev.patchbay.testing;

import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A browser: keeps cookies of the platform, does not follow redirects, and sends the headers that the portal sends. */
public final class Browser {

    public static final String SESSION = "patchbay_session";
    public static final String CSRF = "patchbay_csrf";
    public static final String SIGN_IN = "patchbay_sign_in";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String HOME = "http://127.0.0.1:" + TestEnvironment.PORT;

    private final Map<String, String> cookies = new HashMap<>();

    public record Page(int status, String text, java.net.http.HttpHeaders headers) {

        public JsonNode json() {
            return text.isEmpty() ? Json.MAPPER.nullNode() : Json.read(text);
        }

        public String location() {
            return headers.firstValue("Location").orElse("");
        }
    }

    /** A browser that is signed in with an account of the sandbox's Google. */
    public static Browser of(String email) {
        var browser = new Browser();
        browser.signIn("/sign-in", email);
        return browser;
    }

    /** Signs in. Returns the response of the callback. */
    public Page signIn(String start, String email) {
        return get(callback(start, email));
    }

    /** Signs in at the issuer. Returns the callback URL that the issuer redirects to. */
    public String callback(String start, String email) {
        String issuer = get(start).location();
        return get(issuer + "&account=" + URLEncoder.encode(email, StandardCharsets.UTF_8))
                .location();
    }

    public String cookie(String name) {
        return cookies.getOrDefault(name, "");
    }

    public Browser keep(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    public Page get(String address, String... headers) {
        return send("GET", address, null, headers);
    }

    /** Sends a request as a page of ours does: with the CSRF token from the cookie. */
    public Page send(String method, String path, @Nullable JsonNode body) {
        return send(method, path, body, "X-CSRF-Token", cookie(CSRF), "Origin", HOME, "Sec-Fetch-Site", "same-origin");
    }

    public Page send(String method, String address, @Nullable JsonNode body, String... headers) {
        boolean toPlatform = address.startsWith("/") || address.startsWith(HOME);
        var request = HttpRequest.newBuilder(URI.create(address.startsWith("/") ? HOME + address : address))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(Json.write(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (toPlatform && !cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (toPlatform) {
                answer.headers().allValues("Set-Cookie").forEach(this::storeCookie);
            }
            return new Page(answer.statusCode(), answer.body(), answer.headers());
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private void storeCookie(String line) {
        String name = line.substring(0, line.indexOf('='));
        String value = line.substring(line.indexOf('=') + 1, line.indexOf(';'));
        if (value.isEmpty()) {
            cookies.remove(name);
        } else {
            cookies.put(name, value);
        }
    }

    public JsonNode me() {
        return get("/api/v1/me").json();
    }

    /** Creates an account at the sandbox's Google. */
    public static void account(String email, boolean verified) {
        var accounts = Json.object();
        accounts.putObject("googleSignIn")
                .putArray("people")
                .addObject()
                .put("email", email)
                .put("name", "Somebody")
                .put("emailVerified", verified);
        TestEnvironment.send(
                TestEnvironment.request(TestEnvironment.SANDBOX.address().resolve("/_sandbox/accounts"))
                        .PUT(HttpRequest.BodyPublishers.ofString(Json.write(accounts))));
    }
}
