package dev.patchbay.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.UserId;
import dev.patchbay.testing.Browser;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A callback counts once, in the browser that opened the link, within ten minutes; any other changes nothing. */
@PatchbayTest
class OAuthConnectAttackTests extends OAuthConnectFixture {

    private static final String USED_OR_EXPIRED =
            "This link was used already or has expired after ten minutes; start connecting the account again.";

    @AfterEach
    void removeFaults() {
        TestEnvironment.send(
                TestEnvironment.request(TestEnvironment.SANDBOX.address().resolve("/_sandbox/faults"))
                        .DELETE());
    }

    private void assertNothingConnected() {
        assertThat(listConnections()).isEmpty();
    }

    @Test
    void anOwnerMayRefuse() {
        assertThat(refusedDetail(callback(connectRequest("google", "x"), "deny=true")))
                .isEqualTo("Access was not granted at Google, so nothing has changed.");
        assertThat(refusedDetail(callback(connectRequest("highlevel", "x"), "deny=true")))
                .startsWith("Access was not granted at HighLevel");
        String back = callback(connectRequest("google", "x"), "account=" + ann);
        assertThat(refusedDetail(back.substring(0, back.indexOf("&code="))))
                .startsWith("Access was not granted at Google");
        assertNothingConnected();
    }

    @Test
    void browsersSeeARefusalAsAPage() {
        var page = browser.get(callback(connectRequest("google", "x"), "deny=true"), "Accept", "text/html,*/*");
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.text())
                .contains("<h1>The account was not connected</h1>", "Access was not granted at Google", "href=\"/\"");
    }

    @Test
    void aLinkOpensOnce() {
        String start = startUrl(connectRequest("google", "x"));
        assertThat(browser.get(start).status()).isEqualTo(302);
        assertThat(refusedDetail(start)).isEqualTo(USED_OR_EXPIRED);
        assertThat(refusedDetail("/connect/google/start")).isEqualTo(USED_OR_EXPIRED);
        assertThat(refusedDetail(startUrl(connectRequest("google", "x")).replace("/google/", "/highlevel/")))
                .isEqualTo(USED_OR_EXPIRED);
    }

    @Test
    void aCallbackCountsOnce() {
        String back = callback(connectRequest("google", "x"), "account=" + ann);
        String secret = browser.cookie("patchbay_connect");
        assertThat(browser.get(back).status()).isEqualTo(302);
        assertThat(refusedDetail(back)).startsWith("This was started in another browser");
        browser.keep("patchbay_connect", secret);
        assertThat(refusedDetail(back)).isEqualTo(USED_OR_EXPIRED);
        assertThat(listConnections()).hasSize(1);
    }

    @Test
    void anotherBrowserCannotContinue() {
        String start = startUrl(connectRequest("google", "x"));
        assertThat(new Browser().get(start).json().path("detail").asString())
                .startsWith("This was started in another session");
        var colleague = people.createUser(tenant, "Colleague");
        people.assign(tenant, colleague, "tenant-admin", Optional.empty());
        assertThat(signedIn(colleague).get(start).status()).isEqualTo(403);

        String back =
                browser.get(browser.get(start).location() + "&account=" + ann).location();
        assertThat(signedIn(admin).get(back).json().path("detail").asString())
                .startsWith("This was started in another browser");
        var thief = signedIn(admin).keep("patchbay_connect", browser.cookie("patchbay_connect"));
        assertThat(thief.get(back).json().path("detail").asString()).startsWith("This was started in another session");
        assertThat(refusedDetail(back)).isEqualTo(USED_OR_EXPIRED);
        assertNothingConnected();
    }

    @Test
    void anotherAgencysSessionCannotContinue() {
        String start = startUrl(connectRequest("google", "x"));
        var here = tenant;
        tenant = people.createTenant();
        UserId stranger = people.createUser(tenant, "Mallory");
        people.assign(tenant, stranger, "tenant-admin", Optional.empty());
        assertThat(signedIn(stranger).get(start).status()).isEqualTo(403);
        assertThat(signedIn(stranger)
                        .send("POST", "/api/v1/connections/oauth", reconnectRequest("con_nobodys"))
                        .status())
                .isEqualTo(404);
        tenant = here;
        assertThat(browser.get(start).status()).isEqualTo(302);
    }

    @Test
    void aCallbackWithAnotherStateIsRefused() {
        String back = callback(connectRequest("google", "x"), "account=" + ann);
        assertThat(refusedDetail(back.replaceFirst("state=[^&]+", "state=guessed")))
                .startsWith("This was started in another browser");
        assertThat(refusedDetail(back.replaceFirst("state=[^&]+&", "")))
                .startsWith("This was started in another browser");
        assertThat(browser.get(back).status()).isEqualTo(302);
    }

    @Test
    void aCallbackOfAnotherProviderIsRefused() {
        String back = callback(connectRequest("google", "x"), "account=" + ann);
        assertThat(refusedDetail(back.replace("/google/", "/highlevel/")))
                .isEqualTo("The callback is not from Google; start connecting the account again.");
        assertThat(refusedDetail(back)).isEqualTo(USED_OR_EXPIRED);
        assertNothingConnected();
    }

    @Test
    void linksAndCallbacksExpireAfterTenMinutes() {
        String start = startUrl(connectRequest("google", "x"));
        String back = callback(connectRequest("google", "y"), "account=" + ann);
        expire();
        assertThat(refusedDetail(start)).isEqualTo(USED_OR_EXPIRED);
        assertThat(refusedDetail(back)).isEqualTo(USED_OR_EXPIRED);
        startUrl(connectRequest("google", "z"));
        assertThat(tenancy.inTenant(
                        tenant,
                        () -> jdbc.sql("SELECT count(*) FROM patchbay.account_consent WHERE tenant_id = :tenant")
                                .param("tenant", tenant.value())
                                .query(Integer.class)
                                .single()))
                .isEqualTo(1);
        assertNothingConnected();
    }

    private void expire() {
        tenancy.inTenant(
                tenant, () -> jdbc.sql("""
                        UPDATE patchbay.account_consent SET expires_at = expires_at - interval '601 seconds'
                        WHERE tenant_id = :tenant""").param("tenant", tenant.value()).update());
    }

    @Test
    void aUserWhoLostThePermissionConnectsNothing() {
        people.createPlatformTenant();
        UserId user = people.createUser(tenant, "Leaving");
        var role = people.assign(tenant, user, "tenant-admin", Optional.empty());
        var own = signedIn(user);
        String start = own.send("POST", "/api/v1/connections/oauth", connectRequest("google", "x"))
                .json()
                .path("startUrl")
                .asString();
        String back = own.get(own.get(start).location() + "&account=" + ann).location();
        assertThat(browser.send("DELETE", "/api/v1/iam/assignments/" + role.id(), null)
                        .status())
                .isEqualTo(204);
        assertThat(own.get(back).json().path("detail").asString())
                .isEqualTo("The user or service token that started this may no longer connect accounts.");
        assertNothingConnected();
    }

    @Test
    void aRevokedServiceTokenConnectsNothing() {
        String token = people.issueToken(tenant, Optional.empty(), "write:connections");
        var started = TestEnvironment.send(TestEnvironment.request(URI.create(appUrl("/api/v1/connections/oauth")))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(connectRequest("google", "x")))));
        String page = browser.get(started.body().path("startUrl").asString()).location();
        String id = browser.get("/api/v1/iam/tokens").json().at("/items/0/id").asString();
        assertThat(browser.send("DELETE", "/api/v1/iam/tokens/" + id, null).status())
                .isEqualTo(204);
        assertThat(refusedDetail(browser.get(page + "&account=" + ann).location()))
                .isEqualTo("The user or service token that started this may no longer connect accounts.");
        assertNothingConnected();
    }

    @ParameterizedTest
    @CsvSource({
        "google, token, 500, Google answered 500",
        "google, token, 401, Google rejected the authorization code",
        "google, token, lost_response, Google did not answer",
        "google, token, hollow, Google did not answer",
        "google, calendars.primary, 401, Google did not tell which account this is",
        "highlevel, oauth.token, 500, HighLevel answered 500",
        "highlevel, oauth.token, 401, HighLevel rejected the authorization code",
        "highlevel, oauth.token, lost_response, HighLevel did not answer"
    })
    void aFailingProviderConnectsNothing(String provider, String operation, String kind, String sentence) {
        String back = callback(
                connectRequest(provider, "x"), provider.equals("google") ? "account=" + ann : "location=" + loop);
        injectFault(provider, operation, kind);
        assertThat(refusedDetail(back)).startsWith(sentence);
        assertNothingConnected();
    }

    @Test
    void missingScopesOrOfflineAccessAreRefused() {
        String page = authorizationPage(connectRequest("google", "x"), "account=" + ann);
        assertThat(refusedDetail(browser.get(page.replaceFirst("%20[^&]*calendar.events", ""))
                        .location()))
                .isEqualTo(
                        "Google granted too few permissions (https://www.googleapis.com/auth/calendar.freebusy and"
                                + " https://www.googleapis.com/auth/calendar.events is missing); start again and leave every box ticked.");
        page = authorizationPage(connectRequest("google", "x"), "account=" + ann);
        assertThat(refusedDetail(browser.get(page.replace("access_type=offline", "access_type=online"))
                        .location()))
                .startsWith("Google gave access for an hour only");
        page = authorizationPage(connectRequest("highlevel", "x"), "location=" + loop);
        assertThat(refusedDetail(browser.get(page.replace("contacts.write", "")).location()))
                .startsWith("HighLevel granted too few permissions (contacts.write is missing)");
        assertNothingConnected();
    }

    @Test
    void aCodeOfAnotherChallengeIsRefused() {
        String page = authorizationPage(connectRequest("google", "x"), "account=" + ann);
        String back = browser.get(page.replaceFirst("code_challenge=[^&]+", "code_challenge=" + "a".repeat(43)))
                .location();
        assertThat(refusedDetail(back))
                .isEqualTo(
                        "Google rejected the authorization code (invalid_grant); start connecting the account again.");
        assertNothingConnected();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"provider\":\"google\"} | 422 | Send provider and name, or the connectionId.",
                "{\"name\":\"x\"} | 422 | Send provider and name, or the connectionId.",
                "{\"provider\":\"retell\",\"name\":\"x\"} | 422 | Accounts are connected by consent at google and highlevel; enter the credentials of others.",
                "{\"provider\":\"google\",\"name\":\" \"} | 422 | name: must hold 1 to 100 characters.",
                "{\"connectionId\":\"con_none\"} | 404 | There is no connection con_none."
            })
    void aRequestThatCannotStartIsRefusedWithASentence(String request, int status, String sentence) {
        var answer = browser.send("POST", "/api/v1/connections/oauth", Json.read(request));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("detail").asString()).isEqualTo(sentence);
    }

    private String conflict(JsonNode request) {
        var answer = browser.send("POST", "/api/v1/connections/oauth", request);
        assertThat(answer.status()).isEqualTo(409);
        return answer.json().path("detail").asString();
    }

    @Test
    void aConnectionOutsideTheInstallationsAppIsNotReconnected() {
        register("con_app", "highlevel", Json.object(), Map.of());
        assertThat(conflict(reconnectRequest("con_app"))).startsWith("Entered only receives webhooks");
        connections.register(
                tenant,
                new NewConnection(
                        new ConnectionId("con_far"),
                        "google",
                        "Far",
                        URI.create("https://www.googleapis.com"),
                        Json.object(),
                        Map.of(),
                        Optional.empty()));
        assertThat(conflict(reconnectRequest("con_far"))).startsWith("Far uses another base address");
        // An app's connection receives webhooks and belongs to no location.
        assertThat(connect(connectRequest("highlevel", "Loop"), "location=" + loop))
                .isNotEqualTo("con_app");
    }

    @Test
    void startingTakesThePermissionToWriteConnections() {
        UserId viewer = people.createUser(tenant, "Viewer");
        people.assign(tenant, viewer, "flow-manager", Optional.empty());
        assertThat(signedIn(viewer)
                        .send("POST", "/api/v1/connections/oauth", connectRequest("google", "x"))
                        .status())
                .isEqualTo(403);
        assertThat(browser.send(
                                "POST",
                                "/api/v1/connections/oauth",
                                connectRequest("google", "x"),
                                "Origin",
                                "https://evil.example")
                        .status())
                .isEqualTo(403);
    }
}
