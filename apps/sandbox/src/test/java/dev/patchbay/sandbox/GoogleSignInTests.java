package dev.patchbay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Signing in at the sandbox's Google. */
class GoogleSignInTests {

    private static final String BACK = "http://127.0.0.1:9/callback";
    private static final String VERIFIER = "v".repeat(43);
    private static final String FORM =
            "grant_type=authorization_code&redirect_uri=" + BACK + "&code_verifier=" + VERIFIER;

    private Scene scene;

    @BeforeEach
    void open(@TempDir Path folder) {
        scene = Scene.open(folder);
        scene.send("PUT", "/_sandbox/accounts", """
                {"googleSignIn": {"clientId": "app", "clientSecret": "s", "redirectUris": ["%s"], "people": [
                  {"email": "ada@acme.test", "name": "Ada <i>", "hd": "acme.test"},
                  {"email": "eve@acme.test", "name": "Eve", "sub": "7", "emailVerified": false}]}}""".formatted(BACK));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private static String asked() {
        return "/google/openid/auth?response_type=code&client_id=app&redirect_uri=" + BACK
                + "&state=a%26b&nonce=n&code_challenge_method=S256&code_challenge="
                + Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(VERIFIER));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private HttpResponse<String> get(String path) {
        return scene.send("GET", path, "");
    }

    private String code(String account) {
        String back = get(asked() + "&account=" + account)
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(back).startsWith(BACK + "?state=a%26b&code=");
        return back.substring(back.indexOf("code=") + 5);
    }

    private HttpResponse<String> token(String form) {
        return scene.send("POST", "/google/openid/token", form, "Content-Type", "application/x-www-form-urlencoded");
    }

    private static JsonNode claims(HttpResponse<String> answer) {
        String token = Scene.json(answer).path("id_token").asString();
        return Json.parse(new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8));
    }

    @Test
    void peopleChooseWhoTheyAre() {
        var page = get(asked());
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.body())
                .contains("ada@acme.test", "Ada &lt;i&gt;", "account=eve%40acme.test")
                .doesNotContain("<i>");
    }

    @Test
    void aCodeBecomesASignedToken() throws Exception {
        var answer = token(FORM + "&client_id=app&client_secret=s&code=" + code("ada@acme.test"));
        var claims = claims(answer);
        assertThat(claims.path("iss").asString()).isEqualTo(scene.address() + "/google");
        assertThat(claims.path("aud").asString()).isEqualTo("app");
        assertThat(claims.path("nonce").asString()).isEqualTo("n");
        assertThat(claims.path("hd").asString()).isEqualTo("acme.test");
        assertThat(claims.path("email_verified").asBoolean()).isTrue();
        assertThat(claims.path("sub").asString()).matches("[0-9]{21}");

        String[] parts = Scene.json(answer).path("id_token").asString().split("\\.", -1);
        var key = Scene.json(get("/google/openid/certs")).path("keys").path(0);
        var rsa = Signature.getInstance("SHA256withRSA");
        rsa.initVerify(
                KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e"))));
        rsa.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(rsa.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    private static BigInteger number(JsonNode key, String member) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(Json.text(key, member)));
    }

    @Test
    void theKeyOutlivesARestart() {
        String before = get("/google/openid/certs").body();
        scene.restart();
        assertThat(get("/google/openid/certs").body()).isEqualTo(before);
        assertThat(get("/google/.well-known/openid-configuration").body())
                .contains(scene.address() + "/google/openid/token");
    }

    @Test
    void anUnverifiedAddressIsSaid() {
        String basic = "Basic " + Base64.getEncoder().encodeToString("app:s".getBytes(StandardCharsets.UTF_8));
        var answer = scene.send(
                "POST",
                "/google/openid/token",
                FORM + "&code=" + code("eve@acme.test"),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Authorization",
                basic);
        assertThat(claims(answer).path("email_verified").asBoolean()).isFalse();
        assertThat(claims(answer).path("sub").asString()).isEqualTo("7");
        assertThat(claims(answer).has("hd")).isFalse();
    }

    @Test
    void aCodeWorksOnceForItsClientAddressAndVerifier() {
        String code = code("ada@acme.test");
        String form = FORM + "&client_id=app&client_secret=s&code=" + code;
        assertThat(token(form).statusCode()).isEqualTo(200);
        assertThat(token(form).body()).contains("invalid_grant");

        String good = "&client_id=app&client_secret=s&code=";
        assertThat(token(FORM.replace(VERIFIER, "w".repeat(43)) + good + code("ada@acme.test"))
                        .body())
                .contains("invalid_grant");
        assertThat(token(FORM.replace("callback", "other") + good + code("ada@acme.test"))
                        .body())
                .contains("invalid_grant");
        String late = code("ada@acme.test");
        scene.clock.tick(Duration.ofMinutes(2));
        assertThat(token(FORM + good + late).body()).contains("invalid_grant");
        assertThat(token(FORM + "&client_id=app&client_secret=x&code=" + code("ada@acme.test"))
                        .statusCode())
                .isEqualTo(401);
        scene.send("PUT", "/_sandbox/accounts", "{\"googleSignIn\": {\"clientId\": \"two\", \"clientSecret\": \"s\"}}");
        assertThat(token(FORM + "&client_id=two&client_secret=s&code=" + code("ada@acme.test"))
                        .body())
                .contains("invalid_grant");
    }

    @ParameterizedTest
    @CsvSource({
        "client_id=app, client_id=other, no such client",
        "127.0.0.1:9/callback, 127.0.0.1:9/evil, redirect_uri_mismatch",
        "response_type=code, response_type=token, code flow",
        "S256, plain, S256"
    })
    void whatGoogleWouldNotTakeIsRefused(String from, String to, String why) {
        var refused = get(asked().replace(from, to));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains(why);
        assertThat(get(asked() + "&account=nobody@acme.test").body()).contains("no such account");
    }
}
