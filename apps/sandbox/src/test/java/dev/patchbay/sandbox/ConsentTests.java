package dev.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.core.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages on which an owner lets an app use an account, and the exchange of the codes that they issue. */
class ConsentTests {

    private static final String REDIRECT_URI = "http://127.0.0.1:9/callback";
    private static final String VERIFIER = "v".repeat(43);
    private static final String REDEMPTION = "&redirect_uri=" + REDIRECT_URI + "&code_verifier=" + VERIFIER;
    private static final String GOOGLE =
            "/google/o/oauth2/v2/auth?response_type=code&client_id=app&redirect_uri=" + REDIRECT_URI
                    + "&state=a%26b&scope=one+two&access_type=offline&code_challenge_method=S256&code_challenge="
                    + challenge(VERIFIER);
    private static final String HIGHLEVEL =
            "/highlevel/oauth/chooselocation?response_type=code&client_id=hl&redirect_uri=" + REDIRECT_URI
                    + "&state=s&scope=one+two";

    private SandboxFixture sandbox;

    /** The PKCE challenge of a verifier (S256). */
    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        sandbox = SandboxFixture.open(folder);
        sandbox.send("PUT", "/_sandbox/accounts", """
                {"google": {"clientId": "app", "clientSecret": "s", "redirectUris": ["%s"], "accounts": [
                   {"email": "ann@acme.test", "calendars": [{"id": "ann@acme.test"}]}, {"email": "bob@acme.test"}]},
                 "highlevel": {"clientId": "hl", "clientSecret": "s", "redirectUris": ["%s"], "locations": [
                   {"id": "loc-a", "name": "North <b>"}, {"id": "loc-b", "name": "South"}]}}""".formatted(REDIRECT_URI, REDIRECT_URI));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private HttpResponse<String> get(String path) {
        return sandbox.send("GET", path, "");
    }

    private String code(String page) {
        String location = get(page).headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith(REDIRECT_URI + "?state=");
        return location.substring(location.indexOf("code=") + 5);
    }

    private HttpResponse<String> google(String code, String fields) {
        return sandbox.send(
                "POST",
                "/google/token",
                "grant_type=authorization_code&client_id=app&client_secret=s&code=" + code + fields,
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    @Test
    void googleIssuesARefreshTokenForTheChosenAccount() {
        assertThat(get(GOOGLE).body())
                .contains("ann@acme.test", "bob@acme.test", "deny=true")
                .doesNotContain("owner@");
        var tokens = SandboxFixture.json(google(code(GOOGLE + "&account=ann%40acme.test"), REDEMPTION));
        assertThat(tokens.path("scope").asString()).isEqualTo("one two");
        assertThat(primaryCalendar(Json.text(tokens, "access_token"))).isEqualTo("ann@acme.test");
        String refresh = Json.text(tokens, "refresh_token");
        sandbox.restart();
        var refreshed = sandbox.send(
                "POST",
                "/google/token",
                "grant_type=refresh_token&client_id=app&client_secret=s&refresh_token=" + refresh);
        assertThat(primaryCalendar(Json.text(SandboxFixture.json(refreshed), "access_token")))
                .isEqualTo("ann@acme.test");
        assertThat(sandbox.googleToken("grant_type=refresh_token&refresh_token=" + refresh, "g-secret")
                        .statusCode())
                .isEqualTo(400);
    }

    private String primaryCalendar(String token) {
        return Json.text(
                SandboxFixture.json(sandbox.send(
                        "GET",
                        "/google/calendar/v3/users/me/calendarList/primary",
                        "",
                        "Authorization",
                        "Bearer " + token)),
                "id");
    }

    @Test
    void googleIssuesNoRefreshTokenWithoutOfflineAccess() {
        var tokens = SandboxFixture.json(
                google(code(GOOGLE.replace("=offline", "=online") + "&account=ann%40acme.test"), REDEMPTION));
        assertThat(tokens.has("refresh_token")).isFalse();
        assertThat(primaryCalendar(Json.text(tokens, "access_token"))).isEqualTo("ann@acme.test");
    }

    @Test
    void theStoreKeyOfAnAccountIsNoRefreshToken() {
        assertThat(sandbox.send(
                                "POST",
                                "/google/token",
                                "grant_type=refresh_token&client_id=app&client_secret=s&refresh_token=app%2Fann%40acme.test")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aGoogleCodeWorksOnceWithinAMinuteWithItsVerifierAndRedirectUri() {
        String account = GOOGLE + "&account=ann%40acme.test";
        String code = code(account);
        assertThat(google(code, REDEMPTION).statusCode()).isEqualTo(200);
        assertThat(google(code, REDEMPTION).statusCode()).isEqualTo(400);
        code = code(account);
        assertThat(google(code, REDEMPTION + "x").statusCode()).isEqualTo(400);
        assertThat(google(code, REDEMPTION).statusCode()).isEqualTo(400);
        assertThat(google(code(account), REDEMPTION.replace("callback", "other"))
                        .statusCode())
                .isEqualTo(400);
        String expired = code(account);
        sandbox.clock.tick(Duration.ofMinutes(2));
        assertThat(google(expired, REDEMPTION).statusCode()).isEqualTo(400);
        assertThat(sandbox.googleToken("grant_type=authorization_code&code=" + code(account) + REDEMPTION, "g-secret")
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "client_id=app, client_id=none",
        "callback, elsewhere",
        "response_type=code, response_type=token",
        "S256, plain",
        "state=, account=eve%40acme.test&state="
    })
    void googleRejectsInvalidAuthorizationRequests(String valid, String invalid) {
        assertThat(get(GOOGLE.replace(valid, invalid)).statusCode()).isEqualTo(400);
    }

    @Test
    void aDeniedConsentRedirectsWithAccessDenied() {
        for (String page : new String[] {GOOGLE, HIGHLEVEL, GOOGLE.replace("/o/oauth2/v2/auth", "/openid/auth")}) {
            sandbox.send("PUT", "/_sandbox/accounts", """
                    {"googleSignIn": {"clientId": "app", "clientSecret": "s", "redirectUris": ["%s"]}}""".formatted(REDIRECT_URI));
            assertThat(get(page + "&deny=true").headers().firstValue("Location").orElseThrow())
                    .endsWith("&error=access_denied");
        }
    }

    private HttpResponse<String> highLevel(String code, String redirectUri) {
        return sandbox.send(
                "POST",
                "/highlevel/oauth/token",
                "grant_type=authorization_code&client_id=hl&client_secret=s&user_type=Location&code=" + code
                        + "&redirect_uri=" + redirectUri);
    }

    @Test
    void highLevelIssuesTokensForTheChosenLocation() {
        assertThat(get(HIGHLEVEL).body()).contains("North &lt;b&gt;", "loc-b").doesNotContain("loc-1", "<b>");
        String code = code(HIGHLEVEL + "&location=loc-a");
        var tokens = SandboxFixture.json(highLevel(code, REDIRECT_URI));
        assertThat(tokens.path("locationId").asString()).isEqualTo("loc-a");
        assertThat(tokens.path("scope").asString()).isEqualTo("one two");
        assertThat(highLevel(code, REDIRECT_URI).statusCode()).isEqualTo(400);
        sandbox.clock.tick(Duration.ofHours(1));
        var refreshed = sandbox.send(
                "POST",
                "/highlevel/oauth/token",
                "grant_type=refresh_token&client_id=hl&client_secret=s&refresh_token="
                        + Json.text(tokens, "refresh_token"));
        assertThat(SandboxFixture.json(refreshed).path("scope").asString()).isEqualTo("one two");
    }

    @Test
    void highLevelRejectsInvalidRequestsAndExpiredCodes() {
        assertThat(get(HIGHLEVEL.replace("=hl", "=none")).statusCode()).isEqualTo(400);
        assertThat(get(HIGHLEVEL.replace("callback", "elsewhere")).statusCode()).isEqualTo(400);
        assertThat(get(HIGHLEVEL.replace("=code", "=token")).statusCode()).isEqualTo(400);
        assertThat(get(HIGHLEVEL + "&location=loc-1").statusCode()).isEqualTo(400);
        assertThat(get("/highlevel/oauth/chooselocation").statusCode()).isEqualTo(400);
        assertThat(get(HIGHLEVEL.substring(0, HIGHLEVEL.indexOf("redirect_uri")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(highLevel(code(HIGHLEVEL + "&location=loc-a"), REDIRECT_URI + "2")
                        .statusCode())
                .isEqualTo(400);
        String expired = code(HIGHLEVEL + "&location=loc-a");
        sandbox.clock.tick(Duration.ofMinutes(2));
        assertThat(highLevel(expired, REDIRECT_URI).statusCode()).isEqualTo(400);
    }
}
