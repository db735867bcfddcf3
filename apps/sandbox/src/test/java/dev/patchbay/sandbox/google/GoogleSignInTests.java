package dev.patchbay.sandbox.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.sandbox.SandboxFixture;
import dev.patchbay.sandbox.core.Json;
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

/** "Sign in with Google", from the page to the ID token. */
class GoogleSignInTests {

    private static final String REDIRECT_URI = "http://127.0.0.1:9/callback";
    private static final String VERIFIER = "v".repeat(43);
    private static final String FORM =
            "grant_type=authorization_code&redirect_uri=" + REDIRECT_URI + "&code_verifier=" + VERIFIER;

    private SandboxFixture sandbox;

    @BeforeEach
    void open(@TempDir Path folder) {
        sandbox = SandboxFixture.open(folder);
        sandbox.send("PUT", "/_sandbox/accounts", """
                {"googleSignIn": {"clientId": "app", "clientSecret": "s", "redirectUris": ["%s"], "people": [
                  {"email": "ada@acme.test", "name": "Ada <i>", "hd": "acme.test"},
                  {"email": "eve@acme.test", "name": "Eve", "sub": "7", "emailVerified": false}]}}""".formatted(REDIRECT_URI));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private static String authorizationUrl() {
        return "/google/openid/auth?response_type=code&client_id=app&redirect_uri=" + REDIRECT_URI
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
        return sandbox.send("GET", path, "");
    }

    private String code(String account) {
        String location = get(authorizationUrl() + "&account=" + account)
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(location).startsWith(REDIRECT_URI + "?state=a%26b&code=");
        return location.substring(location.indexOf("code=") + 5);
    }

    private HttpResponse<String> token(String form) {
        return sandbox.send("POST", "/google/openid/token", form, "Content-Type", "application/x-www-form-urlencoded");
    }

    private static JsonNode claims(HttpResponse<String> response) {
        String token = SandboxFixture.json(response).path("id_token").asString();
        return Json.parse(new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8));
    }

    @Test
    void thePageListsThePeople() {
        var page = get(authorizationUrl());
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.body())
                .contains("ada@acme.test", "Ada &lt;i&gt;", "account=eve%40acme.test")
                .doesNotContain("<i>");
    }

    @Test
    void aCodeIsExchangedForASignedIdToken() throws Exception {
        var response = token(FORM + "&client_id=app&client_secret=s&code=" + code("ada@acme.test"));
        var claims = claims(response);
        assertThat(claims.path("iss").asString()).isEqualTo(sandbox.address() + "/google");
        assertThat(claims.path("aud").asString()).isEqualTo("app");
        assertThat(claims.path("nonce").asString()).isEqualTo("n");
        assertThat(claims.path("hd").asString()).isEqualTo("acme.test");
        assertThat(claims.path("email_verified").asBoolean()).isTrue();
        assertThat(claims.path("sub").asString()).matches("[0-9]{21}");

        String[] parts =
                SandboxFixture.json(response).path("id_token").asString().split("\\.", -1);
        var key = SandboxFixture.json(get("/google/openid/certs")).path("keys").path(0);
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
    void theSigningKeySurvivesARestart() {
        String before = get("/google/openid/certs").body();
        sandbox.restart();
        assertThat(get("/google/openid/certs").body()).isEqualTo(before);
        assertThat(get("/google/.well-known/openid-configuration").body())
                .contains(sandbox.address() + "/google/openid/token");
    }

    @Test
    void theIdTokenMarksAnUnverifiedAddress() {
        String basic = "Basic " + Base64.getEncoder().encodeToString("app:s".getBytes(StandardCharsets.UTF_8));
        var response = sandbox.send(
                "POST",
                "/google/openid/token",
                FORM + "&code=" + code("eve@acme.test"),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Authorization",
                basic);
        assertThat(claims(response).path("email_verified").asBoolean()).isFalse();
        assertThat(claims(response).path("sub").asString()).isEqualTo("7");
        assertThat(claims(response).has("hd")).isFalse();
    }

    @Test
    void aCodeWorksOnceForItsClientRedirectUriAndVerifier() {
        String code = code("ada@acme.test");
        String form = FORM + "&client_id=app&client_secret=s&code=" + code;
        assertThat(token(form).statusCode()).isEqualTo(200);
        assertThat(token(form).body()).contains("invalid_grant");

        String credentials = "&client_id=app&client_secret=s&code=";
        assertThat(token(FORM.replace(VERIFIER, "w".repeat(43)) + credentials + code("ada@acme.test"))
                        .body())
                .contains("invalid_grant");
        assertThat(token(FORM.replace("callback", "other") + credentials + code("ada@acme.test"))
                        .body())
                .contains("invalid_grant");
        String expired = code("ada@acme.test");
        sandbox.clock.tick(Duration.ofMinutes(2));
        assertThat(token(FORM + credentials + expired).body()).contains("invalid_grant");
        assertThat(token(FORM + "&client_id=app&client_secret=x&code=" + code("ada@acme.test"))
                        .statusCode())
                .isEqualTo(401);
        sandbox.send(
                "PUT", "/_sandbox/accounts", "{\"googleSignIn\": {\"clientId\": \"two\", \"clientSecret\": \"s\"}}");
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
    void invalidAuthorizationRequestsAreRejected(String valid, String invalid, String message) {
        var response = get(authorizationUrl().replace(valid, invalid));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains(message);
        assertThat(get(authorizationUrl() + "&account=nobody@acme.test").body()).contains("no such account");
    }
}
