package dev.patchbay.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import dev.patchbay.testing.TestEnvironment.Reply;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Accounts are connected, tested, changed and disconnected over the API, against the sandbox. */
@PatchbayTest
class ConnectedAccountsTests extends AccountFixture {

    @ParameterizedTest
    @CsvSource({
        "retell, {}, api_key=key_accounts",
        "twilio, {\"accountSid\":\"ACaccounts\"}, auth_token=token_accounts",
        "stripe, {}, api_key=sk_accounts webhook_secret=whsec_accounts",
        "n8n, {}, api_key=n8n_accounts",
        "openrouter, {}, api_key=or_accounts"
    })
    void anAccountIsConnectedByKeyAndTestedAtOnce(String provider, String settings, String secrets) {
        var entered = new TreeMap<String, String>();
        for (String pair : secrets.split(" ", -1)) {
            int equals = pair.indexOf('=');
            entered.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        JsonNode connection = connect(provider, (ObjectNode) Json.read(settings), entered);
        assertThat(connection.path("state").asString()).isEqualTo("READY");
        assertThat(connection.path("testedAt").isNull()).isFalse();
        assertThat(connection.path("nextTestAt").isNull()).isFalse();
        assertThat(connection.path("sentence").isNull()).isTrue();
        assertThat(connection
                        .path("secrets")
                        .valueStream()
                        .map(it -> it.path("name").asString()))
                .containsExactlyElementsOf(entered.keySet());
        assertThat(connection.toString()).doesNotContain(entered.values());
    }

    @Test
    void aRejectedKeyNamesTheRemedyAndTheRightKeyMakesTheConnectionReady() {
        JsonNode connection = connect("retell", Json.object(), Map.of("api_key", "key_wrong"));
        assertThat(connection.path("state").asString()).isEqualTo("UNHEALTHY");
        assertThat(connection.path("sentence").asString())
                .isEqualTo("Retell no longer accepts the API key (it answered 401); enter it again.");
        Reply mended =
                call("PUT", "/" + id(connection) + "/secrets", Json.object().put("api_key", "key_accounts"));
        assertThat(mended.body().path("state").asString()).isEqualTo("READY");
    }

    @Test
    void aConnectionWithoutItsSecretsWaitsForThem() {
        JsonNode connection = connect("stripe", Json.object(), Map.of("api_key", "sk_accounts"));
        assertThat(connection.path("state").asString()).isEqualTo("NEEDS_SECRET");
        assertThat(connection.path("sentence").asString())
                .isEqualTo("Enter webhook_secret; the connection cannot be used without it.");
        assertThat(connection.path("nextTestAt").isNull()).isTrue();
        Reply entered =
                call("PUT", "/" + id(connection) + "/secrets", Json.object().put("webhook_secret", "whsec_1"));
        assertThat(entered.body().path("state").asString()).isEqualTo("READY");
    }

    @Test
    void anUnreachableProviderLeavesTheConnectionReady() {
        JsonNode connection = connect("retell", Json.object(), Map.of("api_key", "key_accounts"));
        TestEnvironment.sandbox(
                "faults",
                Json.object()
                        .put("provider", "retell")
                        .put("operation", "agents.list")
                        .put("fault", "500")
                        .put("times", 1));
        JsonNode tested =
                call("POST", "/" + id(connection) + "/test", Json.object()).body();
        assertThat(tested.path("state").asString()).isEqualTo("READY");
        assertThat(tested.path("sentence").asString())
                .matches("Retell answered 500\\. Asked at \\d\\d:\\d\\d UTC; trying again within 16 minutes\\.");
        assertThat(call("POST", "/" + id(connection) + "/test", Json.object())
                        .body()
                        .path("sentence")
                        .isNull())
                .isTrue();
    }

    @Test
    void changedSettingsAreCheckedAtOnceAndAChangedNameIsNot() {
        String id = "/" + id(connect("twilio", twilioSettings(), Map.of("auth_token", "token_accounts")));
        var wrong = Json.object().set("settings", Json.object().put("accountSid", "ACanother"));
        assertThat(call("PATCH", id, wrong).body().path("state").asString()).isEqualTo("UNHEALTHY");
        assertThat(call("PATCH", id, Json.object().put("name", "Texts"))
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("UNHEALTHY");
        var right = Json.object().set("settings", twilioSettings());
        assertThat(call("PATCH", id, right).body().path("state").asString()).isEqualTo("READY");
        call("DELETE", id, Json.object());
        assertThat(call("PATCH", id, wrong).body().path("state").asString()).isEqualTo("DISCONNECTED");
    }

    @Test
    void anUnhealthyConnectionIsReadyAgainOnceTheProviderAcceptsIt() {
        JsonNode connection = connect("retell", Json.object(), Map.of("api_key", "key_accounts"));
        connections.markUnhealthy(ACME, id(connection), "Retell refused a run.");
        assertThat(call("GET", "/" + id(connection), Json.object())
                        .body()
                        .path("sentence")
                        .asString())
                .isEqualTo("Retell refused a run.");
        assertThat(call("POST", "/" + id(connection) + "/test", Json.object())
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("READY");
    }

    @Test
    void disconnectingDeletesTheSecretsUntilTheAccountIsReconnected() {
        JsonNode connection = connect("retell", Json.object(), Map.of("api_key", "key_accounts"));
        JsonNode gone = call("DELETE", "/" + id(connection), Json.object()).body();
        assertThat(gone.path("state").asString()).isEqualTo("DISCONNECTED");
        assertThat(gone.path("secrets")).isEmpty();
        assertThat(connections.load(ACME, id(connection)).secrets()).doesNotContainKey("api_key");
        assertThat(call("POST", "/" + id(connection) + "/test", Json.object())
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("DISCONNECTED");
        assertThat(call("GET", "/" + id(connection) + "/resources?kind=agent", Json.object())
                        .status())
                .isEqualTo(409);
        Reply again =
                call("PUT", "/" + id(connection) + "/secrets", Json.object().put("api_key", "key_accounts"));
        assertThat(again.body().path("state").asString()).isEqualTo("READY");
    }

    @Test
    void everyChangeOfAConnectionIsAudited() {
        JsonNode connection = connect("twilio", twilioSettings(), Map.of("auth_token", "token_accounts"));
        var change = Json.object().put("name", "Texts");
        change.set("settings", twilioSettings().put("messagesPerSecond", 5));
        JsonNode changed = call("PATCH", "/" + id(connection), change).body();
        assertThat(changed.path("name").asString()).isEqualTo("Texts");
        assertThat(changed.at("/settings/messagesPerSecond").asInt()).isEqualTo(5);
        assertThat(call("PATCH", "/" + id(connection), Json.object())
                        .body()
                        .path("name")
                        .asString())
                .isEqualTo("Texts");
        String id = "/" + id(connection);
        call("PUT", id + "/secrets", Json.object().put("auth_token.next", "token_later"));
        call("POST", id + "/secrets/auth_token/promote", Json.object());
        call("POST", id + "/secrets/auth_token/promote", Json.object());
        call("DELETE", id + "/secrets/auth_token/next", Json.object());
        call("POST", "/keys/rotate", Json.object());
        String binder = tokens.issue(ACME, "audited", Set.of("bind:connections"));
        var from = binding(id(connection), Json.object().put("from", "+13125550178"));
        callBindings(binder, "PUT", "/messaging", from);
        callBindings(binder, "DELETE", "/messaging", Json.object());
        call("DELETE", id, Json.object());
        var audit = TestEnvironment.send(TestEnvironment.request(
                        URI.create("http://127.0.0.1:" + TestEnvironment.PORT + "/api/v1/audit?limit=200"))
                .header("Authorization", "Bearer " + token));
        assertThat(audit.body()
                        .path("items")
                        .valueStream()
                        .map(it -> it.path("action").asString()))
                .contains(
                        "connection.connected",
                        "connection.changed",
                        "connection.secrets_entered",
                        "connection.secret_promoted",
                        "connection.secret_retired",
                        "connection.disconnected",
                        "tenant_key.rotated",
                        "binding.set",
                        "binding.removed");
        assertThat(audit.body().toString()).doesNotContain("token_accounts", "token_later");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://retell.example",
                "https:retell.example",
                "https://user@retell.example",
                "https://retell.example?key=1",
                "https://retell.example#top",
                "https://retell.example/"
            })
    void anInvalidBaseAddressIsRefused(String base) {
        var refused = call(
                "POST",
                "",
                accountBody("retell", Json.object(), Map.of("api_key", "key")).put("baseUrl", base));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().path("detail").asString()).contains("baseUrl");
    }

    @Test
    void emptyAndOverlongNamesAndSecretsAreRefused() {
        var nameless =
                accountBody("retell", Json.object(), Map.of("api_key", " ")).put("name", "n".repeat(500));
        assertThat(call("POST", "", nameless).body().path("problems").toString())
                .contains("name:", "secrets/api_key");
        var endless = accountBody("retell", Json.object(), Map.of("api_key", "k".repeat(100_000)));
        assertThat(call("POST", "", endless).status()).isEqualTo(422);
    }

    @Test
    void aRefusedAccountListsEveryProblem() {
        var body = accountBody("twilio", Json.object().put("surplus", 1), Map.of("pasword", "x", "auth_token", " "));
        body.put("name", " ").put("baseUrl", "ftp://example.org/");
        Reply refused = call("POST", "", body);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().path("code").asString()).isEqualTo("422.connection_invalid");
        assertThat(refused.body().path("problems")).hasSize(6);
        assertThat(call("POST", "", Json.object().put("provider", "retell")).status())
                .isEqualTo(422);
        assertThat(call("POST", "", accountBody("fax", Json.object(), Map.of()))
                        .body()
                        .path("detail")
                        .asString())
                .startsWith("There is no provider fax; one of google, highlevel");
        assertThat(call("GET", "/con_nobody", Json.object()).body().path("code").asString())
                .isEqualTo("404.connection_not_found");
        assertThat(call("POST", "/con_nobody/test", Json.object()).status()).isEqualTo(404);
    }

    @Test
    void connectionsArePagedAndResourcesNameTheirClient() {
        JsonNode retell = connect("retell", Json.object(), Map.of("api_key", "key_accounts"));
        JsonNode twilio = connect("twilio", twilioSettings(), Map.of("auth_token", "token_accounts"));
        connections.mapRoute(ACME, id(retell), "agent", "agent_accounts", NORTH);
        JsonNode agents = call("GET", "/" + id(retell) + "/resources?kind=agent", Json.object())
                .body();
        assertThat(agents.at("/items/0/name").asString()).isEqualTo("Front desk");
        assertThat(agents.at("/items/0/clientId").asString()).isEqualTo(NORTH.value());
        JsonNode numbers = call("GET", "/" + id(retell) + "/resources?kind=number", Json.object())
                .body();
        assertThat(numbers.at("/items/0/id").asString()).isEqualTo("+13125550177");
        assertThat(numbers.at("/items/0/clientId").isNull()).isTrue();
        assertThat(call("GET", "/" + id(twilio) + "/resources?kind=number", Json.object())
                        .body()
                        .at("/items/0/id")
                        .asString())
                .isEqualTo("+13125550178");
        assertThat(call("GET", "/" + id(twilio) + "/resources?kind=agent", Json.object())
                        .status())
                .isEqualTo(404);
        JsonNode page = call("GET", "?limit=1", Json.object()).body();
        assertThat(page.path("items")).hasSize(1);
        assertThat(call("GET", "?limit=1&after=" + page.path("next").asString(), Json.object())
                        .body()
                        .path("items"))
                .hasSize(1);
    }

    @Test
    void dependentsAreTheFlowsThatADisconnectStops() {
        JsonNode dependents = TestEnvironment.get("/api/v1/connections/con_google/dependents")
                .body()
                .path("items");
        assertThat(dependents
                        .valueStream()
                        .map(it -> it.path("name").asString() + " "
                                + it.path("port").asString()))
                .contains("book-from-call calendar");
        JsonNode idle = connect("retell", Json.object(), Map.of("api_key", "key_accounts"));
        assertThat(call("GET", "/" + id(idle) + "/dependents", Json.object())
                        .body()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void theDemoAccountsAreReadyAndListTheirResources() {
        for (String id : new String[] {"con_retell", "con_google", "con_twilio", "con_stripe", "con_highlevel"}) {
            assertThat(TestEnvironment.post("/api/v1/connections/" + id + "/test", Json.object())
                            .body()
                            .path("state")
                            .asString())
                    .as(id)
                    .isEqualTo("READY");
        }
        assertThat(TestEnvironment.get("/api/v1/connections/con_google/resources?kind=calendar")
                        .body()
                        .path("items"))
                .hasSize(2);
        String location = "/api/v1/connections/con_highlevel_northside";
        assertThat(TestEnvironment.get(location + "/resources?kind=location")
                        .body()
                        .at("/items/0/clientId")
                        .asString())
                .isEqualTo("cli_northside");
        assertThat(TestEnvironment.get(location + "/resources?kind=calendar").status())
                .isEqualTo(200);
    }
}
