package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.Browser;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in as people do, with a browser, at the sandbox's Google. */
@PatchbayTest
class SignInTests {

    private static final String ADA = "ada@bright.example";

    @Test
    void aKnownUserSignsInAndReadsTheirProfile() {
        var browser = new Browser();
        var back = browser.signIn("/sign-in?to=/api/v1/me%3Fa%3D1", ADA);
        assertThat(back.status()).isEqualTo(302);
        assertThat(URI.create(back.location())).hasPath("/api/v1/me").hasQuery("a=1");

        var me = browser.me();
        assertThat(me.at("/user/email").asString()).isEqualTo(ADA);
        assertThat(me.path("tenantId").asString()).isEqualTo("tnt_demo");
        assertThat(me.at("/tenants/0/name").asString()).isEqualTo("Bright Agency");
        assertThat(me.at("/roles/0/role").asString()).isEqualTo("tenant-admin");
        assertThat(me.path("permissions")).isNotEmpty();
        assertThat(me.path("impersonation").isNull()).isTrue();
        assertThat(browser.get("/api/v1/clients").status()).isEqualTo(200);
    }

    @Test
    void theAuthorizationRequestCarriesPkceStateAndNonce() {
        String to = new Browser().get("/sign-in").location();
        assertThat(to)
                .contains(
                        "code_challenge_method=S256",
                        "code_challenge=",
                        "state=",
                        "nonce=",
                        "scope=openid+email+profile")
                .contains("sign-in%2Fcallback");
    }

    @Test
    void aServiceTokenReadsItsProfile() {
        var me = TestEnvironment.get("/api/v1/me").body();
        assertThat(me.path("subject").asString()).startsWith("tok_");
        assertThat(me.path("user").isNull()).isTrue();
        assertThat(me.path("session").isNull()).isTrue();
        assertThat(me.path("tenants")).isEmpty();
        assertThat(TestEnvironment.get("/api/v1/sessions").body().path("items")).isEmpty();
        assertThat(TestEnvironment.delete("/api/v1/sessions").status()).isEqualTo(403);
    }

    @Test
    void sessionCookiesAreHttpOnlyAndSameSite() {
        var browser = new Browser();
        var back = browser.signIn("/sign-in", ADA);
        assertThat(back.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith(Browser.SESSION + "=")
                        .contains("HttpOnly", "SameSite=Lax", "Path=/"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith(Browser.CSRF + "=")
                        .doesNotContain("HttpOnly")
                        .contains("SameSite=Lax"));
        assertThat(browser.cookie(Browser.SIGN_IN)).isEmpty();
    }

    @Test
    void signInStartsANewSessionAndEndsThePreviousOne() {
        var browser = Browser.of(ADA);
        String before = browser.cookie(Browser.SESSION);
        browser.signIn("/sign-in", ADA);
        assertThat(browser.cookie(Browser.SESSION)).isNotEqualTo(before);
        assertThat(new Browser().keep(Browser.SESSION, before).get("/api/v1/me").status())
                .isEqualTo(401);
    }

    @Test
    void aFixatedSessionIsNotAdopted() {
        var browser = new Browser().keep(Browser.SESSION, "chosen-by-an-attacker");
        browser.signIn("/sign-in", ADA);
        assertThat(browser.cookie(Browser.SESSION)).hasSize(43);
        assertThat(browser.me().at("/user/email").asString()).isEqualTo(ADA);
    }

    @Test
    void aCallbackWorksOnce() {
        var browser = new Browser();
        String callback = browser.callback("/sign-in", ADA);
        String secret = browser.cookie(Browser.SIGN_IN);
        assertThat(browser.get(callback).status()).isEqualTo(302);
        assertRefused(new Browser().keep(Browser.SIGN_IN, secret), callback, "used already");
    }

    @Test
    void aCallbackFromAnotherBrowserIsRefused() {
        String callback = new Browser().callback("/sign-in", ADA);
        assertRefused(new Browser(), callback, "another browser");
        var other = new Browser();
        other.get("/sign-in");
        assertRefused(other, callback, "another browser");
        assertRefused(new Browser().keep(Browser.SIGN_IN, "tampered"), callback, "another browser");
        var own = new Browser();
        String mine = own.callback("/sign-in", ADA);
        assertRefused(own, mine.replaceFirst("state=...", "state=xxx"), "another browser");
    }

    @Test
    void aCodeOfAnotherSignInIsRefusedByTheIssuer() {
        var victim = new Browser();
        String stolen = victim.callback("/sign-in", ADA);
        var thief = new Browser();
        String own = thief.callback("/sign-in", "finn@bright.example");
        String code = stolen.substring(stolen.indexOf("code="));
        assertRefused(thief, own.substring(0, own.indexOf("code=")) + code, "did not accept");
    }

    @Test
    void anErrorFromTheIssuerIsRefused() {
        var browser = new Browser();
        String callback = browser.callback("/sign-in", ADA);
        String denied = callback.substring(0, callback.indexOf("&code=")) + "&error=access_denied";
        assertRefused(browser, denied, "did not let you in");
        var other = new Browser();
        String mixed = other.callback("/sign-in", ADA) + "&iss=https%3A%2F%2Felsewhere.example";
        assertRefused(other, mixed, "another sign-in service");
    }

    private static void assertRefused(Browser browser, String callback, String why) {
        var response = browser.get(callback);
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.json().path("code").asString()).isEqualTo("403.sign_in_refused");
        assertThat(response.json().path("detail").asString()).contains(why);
        assertThat(browser.cookie(Browser.SESSION)).isEmpty();
    }

    @Test
    void browsersGetAnErrorPage() {
        Browser.account("stranger@example.com", true);
        var browser = new Browser();
        String callback = browser.callback("/sign-in", "stranger@example.com");
        var page = browser.get(callback, "Accept", "text/html");
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.text())
                .contains("No user here has this account", "href=\"/sign-in\"")
                .doesNotContain("<script", "style=");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'");
    }

    @Test
    void signInOnAnotherHostRedirectsToThePublicUrl() {
        var response = new Browser().get("http://localhost:" + TestEnvironment.PORT + "/sign-in?to=/x");
        assertThat(response.location()).isEqualTo("http://127.0.0.1:" + TestEnvironment.PORT + "/sign-in?to=/x");
        assertThat(new Browser()
                        .get("http://localhost:" + TestEnvironment.PORT + "/sign-in")
                        .location())
                .isEqualTo("http://127.0.0.1:" + TestEnvironment.PORT + "/sign-in");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/\\evil.example",
                "https://evil.example",
                "evil.example",
                "/%0d%0aSet-Cookie: a=b",
                "/\t/evil.example",
                "/%x",
                "/%",
                "javascript:alert(1)",
                ""
            })
    void redirectsLeadToOwnPagesOnly(String to) {
        var browser = new Browser();
        String start = "/sign-in?to=" + java.net.URLEncoder.encode(to, java.nio.charset.StandardCharsets.UTF_8);
        assertThat(browser.signIn(start, ADA).location())
                .startsWith("http://127.0.0.1:" + TestEnvironment.PORT + "/")
                .doesNotContain("evil.example", "x", "a=b", "alert");
    }

    @Test
    void aReturnPathThatIsTooLongBecomesHome() {
        assertThat(new Browser().signIn("/sign-in?to=/" + "a".repeat(1001), ADA).location())
                .isEqualTo("http://127.0.0.1:" + TestEnvironment.PORT + "/");
    }

    @Test
    void anUnreachableIssuerIsReported() {
        TestEnvironment.sandbox(
                "faults",
                Json.object()
                        .put("provider", "google")
                        .put("operation", "openid.token")
                        .put("fault", "500")
                        .put("times", 1));
        var browser = new Browser();
        assertRefused(browser, browser.callback("/sign-in", ADA), "answered 500");
        TestEnvironment.sandbox(
                "faults",
                Json.object()
                        .put("provider", "google")
                        .put("operation", "openid.token")
                        .put("fault", "lost_response")
                        .put("times", 1));
        assertRefused(browser, browser.callback("/sign-in", ADA), "cannot be reached");
    }

    @Test
    void pagesArePublicAndTheServersOwnPathsAreNot() {
        assertThat(new Browser().get("/").status()).isEqualTo(200);
        assertThat(new Browser().get("/page.css").status()).isEqualTo(200);
        assertThat(new Browser().get("/other.html").status()).isEqualTo(404);
        for (String closed : List.of("/api/v2/runs", "/actuator/env", "/v3/other", "/error", "/sign-in/other")) {
            assertThat(new Browser().get(closed).status()).as(closed).isEqualTo(401);
        }
        assertThat(new Browser().send("POST", "/dead-letters", null).status()).isEqualTo(401);
    }
}
