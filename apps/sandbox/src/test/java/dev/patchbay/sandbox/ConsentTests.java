package dev.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages on which accounts are given to an app. */
class ConsentTests {

    private static final String BACK = "http://127.0.0.1:9/callback";
    private static final String VERIFIER = "v".repeat(43);
    private static final String GOOGLE =
            "/google/o/oauth2/v2/auth?response_type=code&client_id=app&redirect_uri=" + BACK
                    + "&state=a%26b&scope=one+two&access_type=offline&code_challenge_method=S256&code_challenge="
                    + GoogleSignIn.challenge(VERIFIER);
    private static final String HIGHLEVEL =
            "/highlevel/oauth/chooselocation?response_type=code&client_id=hl&redirect_uri=" + BACK
                    + "&state=s&scope=one+two";

    private Scene scene;

    @BeforeEach
    void open(@TempDir Path folder) {
        scene = Scene.open(folder);
        scene.send("PUT", "/_sandbox/accounts", """
                {"google": {"clientId": "app", "clientSecret": "s", "redirectUris": ["%s"], "accounts": [
                   {"email": "ann@acme.test", "calendars": [{"id": "ann@acme.test"}]}, {"email": "bob@acme.test"}]},
                 "highlevel": {"clientId": "hl", "clientSecret": "s", "redirectUris": ["%s"], "locations": [
                   {"id": "loc-a", "name": "North <b>"}, {"id": "loc-b", "name": "South"}]}}""".formatted(BACK, BACK));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private HttpResponse<String> get(String path) {
        return scene.send("GET", path, "");
    }

    private String code(String page) {
        String back = get(page).headers().firstValue("Location").orElseThrow();
        assertThat(back).startsWith(BACK + "?state=");
        return back.substring(back.indexOf("code=") + 5);
    }

    private HttpResponse<String> google(String code, String rest) {
        return scene.send(
                "POST",
                "/google/token",
                "grant_type=authorization_code&client_id=app&client_secret=s&code=" + code + rest,
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    private static final String PROOF = "&redirect_uri=" + BACK + "&code_verifier=" + VERIFIER;

    @Test
    void anOwnerChoosesAndGivesLastingAccess() {
        assertThat(get(GOOGLE).body())
                .contains("ann@acme.test", "bob@acme.test", "deny=true")
                .doesNotContain("owner@");
        var given = Scene.json(google(code(GOOGLE + "&account=ann%40acme.test"), PROOF));
        assertThat(given.path("scope").asString()).isEqualTo("one two");
        assertThat(whose(Json.text(given, "access_token"))).isEqualTo("ann@acme.test");
        String refresh = Json.text(given, "refresh_token");
        scene.restart();
        var renewed = scene.send(
                "POST",
                "/google/token",
                "grant_type=refresh_token&client_id=app&client_secret=s&refresh_token=" + refresh);
        assertThat(whose(Json.text(Scene.json(renewed), "access_token"))).isEqualTo("ann@acme.test");
        assertThat(scene.googleToken("grant_type=refresh_token&refresh_token=" + refresh, "g-secret")
                        .statusCode())
                .isEqualTo(400);
    }

    private String whose(String token) {
        return Json.text(
                Scene.json(scene.send(
                        "GET",
                        "/google/calendar/v3/users/me/calendarList/primary",
                        "",
                        "Authorization",
                        "Bearer " + token)),
                "id");
    }

    @Test
    void googleGivesAnHourToWhoDoesNotAskForMore() {
        var given = Scene.json(google(code(GOOGLE.replace("=offline", "=online") + "&account=ann%40acme.test"), PROOF));
        assertThat(given.has("refresh_token")).isFalse();
        assertThat(whose(Json.text(given, "access_token"))).isEqualTo("ann@acme.test");
    }

    @Test
    void anAddressIsNoRefreshToken() {
        assertThat(scene.send(
                                "POST",
                                "/google/token",
                                "grant_type=refresh_token&client_id=app&client_secret=s&refresh_token=app%2Fann%40acme.test")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aCodeWorksOnceInTimeWithItsVerifierAndAddress() {
        String account = GOOGLE + "&account=ann%40acme.test";
        String code = code(account);
        assertThat(google(code, PROOF).statusCode()).isEqualTo(200);
        assertThat(google(code, PROOF).statusCode()).isEqualTo(400);
        code = code(account);
        assertThat(google(code, PROOF + "x").statusCode()).isEqualTo(400);
        assertThat(google(code, PROOF).statusCode()).isEqualTo(400);
        assertThat(google(code(account), PROOF.replace("callback", "other")).statusCode())
                .isEqualTo(400);
        String late = code(account);
        scene.clock.tick(Duration.ofMinutes(2));
        assertThat(google(late, PROOF).statusCode()).isEqualTo(400);
        assertThat(scene.googleToken("grant_type=authorization_code&code=" + code(account) + PROOF, "g-secret")
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
    void googleRefusesWhatItDoesNotKnow(String instead, String of) {
        assertThat(get(GOOGLE.replace(instead, of)).statusCode()).isEqualTo(400);
    }

    @Test
    void anOwnerMayRefuse() {
        for (String page : new String[] {GOOGLE, HIGHLEVEL, GOOGLE.replace("/o/oauth2/v2/auth", "/openid/auth")}) {
            scene.send("PUT", "/_sandbox/accounts", """
                    {"googleSignIn": {"clientId": "app", "clientSecret": "s", "redirectUris": ["%s"]}}""".formatted(BACK));
            assertThat(get(page + "&deny=true").headers().firstValue("Location").orElseThrow())
                    .endsWith("&error=access_denied");
        }
    }

    private HttpResponse<String> highLevel(String code, String back) {
        return scene.send(
                "POST",
                "/highlevel/oauth/token",
                "grant_type=authorization_code&client_id=hl&client_secret=s&user_type=Location&code=" + code
                        + "&redirect_uri=" + back);
    }

    @Test
    void aLocationIsChosen() {
        assertThat(get(HIGHLEVEL).body()).contains("North &lt;b&gt;", "loc-b").doesNotContain("loc-1", "<b>");
        String code = code(HIGHLEVEL + "&location=loc-a");
        var given = Scene.json(highLevel(code, BACK));
        assertThat(given.path("locationId").asString()).isEqualTo("loc-a");
        assertThat(given.path("scope").asString()).isEqualTo("one two");
        assertThat(highLevel(code, BACK).statusCode()).isEqualTo(400);
        scene.clock.tick(Duration.ofHours(1));
        var renewed = scene.send(
                "POST",
                "/highlevel/oauth/token",
                "grant_type=refresh_token&client_id=hl&client_secret=s&refresh_token="
                        + Json.text(given, "refresh_token"));
        assertThat(Scene.json(renewed).path("scope").asString()).isEqualTo("one two");
    }

    @Test
    void highLevelRefusesWhatItDoesNotKnow() {
        assertThat(get(HIGHLEVEL.replace("=hl", "=none")).statusCode()).isEqualTo(400);
        assertThat(get(HIGHLEVEL.replace("callback", "elsewhere")).statusCode()).isEqualTo(400);
        assertThat(get(HIGHLEVEL.replace("=code", "=token")).statusCode()).isEqualTo(400);
        assertThat(get(HIGHLEVEL + "&location=loc-1").statusCode()).isEqualTo(400);
        assertThat(get("/highlevel/oauth/chooselocation").statusCode()).isEqualTo(400);
        assertThat(get(HIGHLEVEL.substring(0, HIGHLEVEL.indexOf("redirect_uri")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(highLevel(code(HIGHLEVEL + "&location=loc-a"), BACK + "2").statusCode())
                .isEqualTo(400);
        String late = code(HIGHLEVEL + "&location=loc-a");
        scene.clock.tick(Duration.ofMinutes(2));
        assertThat(highLevel(late, BACK).statusCode()).isEqualTo(400);
    }
}
