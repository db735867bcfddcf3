package dev.patchbay.upgrade;

import dev.patchbay.upgrade.UpgradedPlatform.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Browsers with the cookies that the earlier release set, and one that signs in now. */
final class Visitors {

    private final ReleaseFixture fixture;
    private final UpgradedPlatform platform;

    Visitors(ReleaseFixture fixture, UpgradedPlatform platform) {
        this.fixture = fixture;
        this.platform = platform;
    }

    Response me(String session) {
        return platform.send("GET", "/api/v1/me", null, "Cookie", cookies(session));
    }

    Response post(String session, String path, JsonNode body) {
        return platform.send(
                "POST",
                path,
                body,
                "Cookie",
                cookies(session),
                "X-CSRF-Token",
                fixture.about("/sessions/" + session + "/patchbay_csrf"));
    }

    /** Signs in as a browser does: to the issuer, and back with a code. Returns the profile that the platform then shows. */
    Response signIn(String link, String email) {
        var start = platform.send("GET", link, null);
        String chosen = location(start) + "&account=" + URLEncoder.encode(email, StandardCharsets.UTF_8);
        String back = location(platform.send("GET", chosen, null));
        var entered = platform.send("GET", back, null, "Cookie", kept(start));
        return platform.send("GET", "/api/v1/me", null, "Cookie", kept(entered));
    }

    private String cookies(String session) {
        return fixture.part("/sessions/" + session).properties().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue().asString())
                .collect(Collectors.joining("; "));
    }

    private static String location(Response response) {
        return response.headers().firstValue("Location").orElseThrow(() -> new AssertionError(response.text()));
    }

    private static String kept(Response response) {
        return response.headers().allValues("Set-Cookie").stream()
                .map(line -> line.substring(0, line.indexOf(';')))
                .filter(cookie -> !cookie.endsWith("="))
                .collect(Collectors.joining("; "));
    }
}
