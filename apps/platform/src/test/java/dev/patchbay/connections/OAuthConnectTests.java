package dev.patchbay.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.Browser;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Owners connect their accounts in a browser on the sandbox's authorization pages. */
@PatchbayTest
class OAuthConnectTests extends OAuthConnectFixture {

    @Test
    void anOwnerConnectsTheirCalendars() {
        var started = browser.send("POST", "/api/v1/connections/oauth", connectRequest("google", "Calendars"));
        assertThat(started.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        String start = started.json().path("startUrl").asString();
        assertThat(start).startsWith(appUrl("/connect/google/start?ticket="));
        var consent = browser.get(start);
        assertThat(consent.location())
                .startsWith(TestEnvironment.SANDBOX.address() + "/google/o/oauth2/v2/auth?")
                .contains("code_challenge_method=S256", "access_type=offline", "prompt=consent", "&state=");
        assertThat(browser.get(consent.location()).text()).contains(ann, bob, "not Google");

        String back = browser.get(consent.location() + "&account=" + ann).location();
        assertThat(back).startsWith(appUrl("/connect/google/callback?state="));
        var end = browser.get(back);
        assertThat(end.status()).isEqualTo(302);
        String id = end.location().substring(end.location().indexOf("con_"));
        var connection = connection(id);
        assertThat(connection.path("state").asString()).isEqualTo("READY");
        assertThat(connection.path("account").asString()).isEqualTo(ann);
        assertThat(connection.path("baseUrl").isNull()).isTrue();
        assertThat(connection.toString()).doesNotContain("http");
        assertThat(connection.path("name").asString()).isEqualTo("Calendars");
        assertThat(connection.path("secrets").findValuesAsString("name")).containsExactly("client_id", "refresh_token");
        assertThat(browser.cookie("patchbay_connect")).isEmpty();
        assertThat(List.of(start, consent.location(), back, end.location(), connection.toString()))
                .noneMatch(text -> text.contains("1//") || text.contains("ya29"));
        assertThat(browser.get("/api/v1/connections/" + id + "/resources?kind=calendar")
                        .json()
                        .at("/items/0/id")
                        .asString())
                .isEqualTo(ann);
    }

    @Test
    void aLinkStartedByAServiceTokenWorksInAnyOneBrowser() {
        String token = people.issueToken(tenant, Optional.empty(), "write:connections");
        var request = Json.object().put("provider", "highlevel").put("name", "Loop");
        request.putObject("settings").put("requestsPer10Seconds", 50);
        var started = TestEnvironment.send(TestEnvironment.request(URI.create(appUrl("/api/v1/connections/oauth")))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(request))));
        var elsewhere = new Browser();
        String page = elsewhere.get(started.body().path("startUrl").asString()).location();
        assertThat(page).startsWith(TestEnvironment.SANDBOX.address() + "/highlevel/oauth/chooselocation?");
        assertThat(page).doesNotContain("code_challenge");
        assertThat(elsewhere.get(page).text()).contains("Location " + loop);
        var end = elsewhere.get(elsewhere.get(page + "&location=" + loop).location());
        assertThat(end.status()).as(end.text()).isEqualTo(302);
        var connection = listConnections().path(0);
        assertThat(connection.path("state").asString()).isEqualTo("READY");
        assertThat(connection.path("account").asString()).isEqualTo(loop);
        assertThat(connection.path("settings").path("locationId").asString()).isEqualTo(loop);
        assertThat(connection.path("settings").path("requestsPer10Seconds").asInt())
                .isEqualTo(50);
    }

    @Test
    void theSameAccountIsTheSameConnection() {
        String first = connect(connectRequest("google", "Calendars"), "account=" + ann);
        assertThat(connect(connectRequest("google", "Other name"), "account=" + ann))
                .isEqualTo(first);
        assertThat(connect(connectRequest("google", "Bob's"), "account=" + bob)).isNotEqualTo(first);
        assertThat(listConnections()).hasSize(2);
        assertThat(connection(first).path("name").asString()).isEqualTo("Calendars");
        assertThat(connection(first).path("state").asString()).isEqualTo("READY");
        assertThat(auditedActions())
                .contains("connection.consent_begun", "connection.connected", "connection.reconnected");
    }

    private List<String> auditedActions() {
        return browser.get("/api/v1/audit?limit=100").json().path("items").findValuesAsString("action");
    }

    @Test
    void oneAccountInTwoBrowsersAtOnceIsOneConnection() throws Exception {
        var completions = List.of(prepareCompletion(), prepareCompletion());
        var ids = new TreeSet<String>();
        try (var owners = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> end : owners.invokeAll(completions)) {
                ids.add(end.get());
            }
        }
        assertThat(ids).hasSize(1);
        assertThat(listConnections()).hasSize(1);
    }

    private Callable<String> prepareCompletion() {
        var own = signedIn(admin);
        String start = own.send("POST", "/api/v1/connections/oauth", connectRequest("highlevel", "Park"))
                .json()
                .path("startUrl")
                .asString();
        String back = own.get(own.get(start).location() + "&location=" + park).location();
        return () -> own.get(back).location();
    }

    @Test
    void reconnectingAcceptsTheAccountOfTheConnectionOnly() {
        String id = connect(connectRequest("google", "Calendars"), "account=" + ann);
        assertThat(refusedDetail(callback(reconnectRequest(id), "account=" + bob)))
                .isEqualTo(
                        "Calendars belongs to another account; choose that account, or connect this one as a new connection.");
        assertThat(connection(id).path("account").asString()).isEqualTo(ann);
        assertThat(browser.send("POST", "/api/v1/connections/" + id + "/test", Json.object())
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("READY");

        browser.send("DELETE", "/api/v1/connections/" + id, null);
        assertThat(connection(id).path("state").asString()).isEqualTo("DISCONNECTED");
        assertThat(connect(reconnectRequest(id), "account=" + ann)).isEqualTo(id);
        assertThat(connection(id).path("state").asString()).isEqualTo("READY");
    }

    @Test
    void consentReplacesCredentialsEnteredByHand() {
        register(
                "con_typed",
                "highlevel",
                Json.object().put("locationId", loop),
                Map.of("client_id", "own", "client_secret", "own-secret", "refresh_token", "spent"));
        assertThat(refusedDetail(callback(reconnectRequest("con_typed"), "location=" + park)))
                .startsWith("Entered belongs to another account");
        assertThat(connect(connectRequest("highlevel", "Loop"), "location=" + loop))
                .isEqualTo("con_typed");
        assertThat(connection("con_typed").path("state").asString()).isEqualTo("READY");
        assertThat(connection("con_typed").path("secrets").findValuesAsString("name"))
                .containsExactly("client_id", "refresh_token");

        register(
                "con_typed_calendar",
                "google",
                Json.object(),
                Map.of("client_id", "own", "client_secret", "own-secret", "refresh_token", "revoked"));
        assertThat(connect(reconnectRequest("con_typed_calendar"), "account=" + ann))
                .isEqualTo("con_typed_calendar");
        register("con_typed_second", "google", Json.object(), Map.of());
        assertThat(refusedDetail(callback(reconnectRequest("con_typed_second"), "account=" + ann)))
                .isEqualTo("This account is already connected as Entered; Entered keeps its account.");
    }

    @Test
    void theClientSecretOfTheInstallationIsNotRequired() {
        String id = connect(connectRequest("google", "Calendars"), "account=" + ann);
        var entered = browser.send(
                "PUT", "/api/v1/connections/" + id + "/secrets", Json.object().put("refresh_token", "guessed"));
        assertThat(entered.json().path("state").asString()).isEqualTo("READY");
        tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        DELETE FROM patchbay.secret
                        WHERE tenant_id = :tenant AND connection_id = :id AND name = 'access_token'""")
                        .param("tenant", tenant.value())
                        .param("id", id)
                        .update());
        var tested = browser.send("POST", "/api/v1/connections/" + id + "/test", Json.object());
        assertThat(tested.json().path("sentence").asString()).contains("invalid_grant", "connect the account again");
    }
}
