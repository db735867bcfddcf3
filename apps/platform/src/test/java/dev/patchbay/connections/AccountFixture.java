package dev.patchbay.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.TestEnvironment;
import dev.patchbay.testing.TestEnvironment.Reply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A tenant with accounts at the sandbox, and a service token with the permissions that tests of connections need. */
abstract class AccountFixture {

    static final TenantId ACME = new TenantId("tnt_accounts");
    static final ClientId NORTH = new ClientId("cli_accounts_north");

    @Autowired
    private Tenants tenants;

    @Autowired
    private Clients clients;

    @Autowired
    ServiceTokens tokens;

    @Autowired
    Connections connections;

    String token = "";

    @BeforeEach
    void createTenantAndAccounts() {
        tenants.save(ACME, "Acme");
        clients.put(ACME, new Client(NORTH, "North", ZoneId.of("UTC"), Json.object()));
        token = tokens.issue(
                ACME,
                "accounts",
                Set.of("read:connections", "write:connections", "read:audit", "read:ingress", "operate:ingress"));
        var accounts = Json.object();
        var retell = accounts.putObject("retell").put("apiKey", "key_accounts");
        retell.putArray("agents").addObject().put("agent_id", "agent_accounts").put("agent_name", "Front desk");
        retell.putArray("numbers").add("+13125550177");
        accounts.putObject("twilio")
                .put("accountSid", "ACaccounts")
                .put("authToken", "token_accounts")
                .putArray("numbers")
                .add("+13125550178");
        accounts.putObject("stripe").put("apiKey", "sk_accounts");
        accounts.putObject("n8n").put("apiKey", "n8n_accounts");
        accounts.putObject("openrouter").put("apiKey", "or_accounts");
        var put = TestEnvironment.send(
                TestEnvironment.request(TestEnvironment.SANDBOX.address().resolve("/_sandbox/accounts"))
                        .PUT(HttpRequest.BodyPublishers.ofString(Json.write(accounts))));
        assertThat(put.status()).isEqualTo(204);
    }

    Reply call(String method, String path, JsonNode body) {
        return send(token, method, "/connections" + path, body);
    }

    static Reply send(String bearer, String method, String path, JsonNode body) {
        return TestEnvironment.send(
                TestEnvironment.request(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + "/api/v1" + path))
                        .header("Authorization", "Bearer " + bearer)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(Json.write(body))));
    }

    static ObjectNode accountBody(String provider, ObjectNode settings, Map<String, String> secrets) {
        var body = Json.object()
                .put("provider", provider)
                .put("name", "Acme at " + provider)
                .put("baseUrl", TestEnvironment.SANDBOX.address() + "/" + provider);
        body.set("settings", settings);
        body.set("secrets", Json.tree(secrets));
        return body;
    }

    JsonNode connect(String provider, ObjectNode settings, Map<String, String> secrets) {
        Reply reply = call("POST", "", accountBody(provider, settings, secrets));
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
        return reply.body();
    }

    static ConnectionId id(JsonNode connection) {
        return new ConnectionId(connection.path("id").asString());
    }

    static ObjectNode twilioSettings() {
        return Json.object().put("accountSid", "ACaccounts");
    }

    static Reply callBindings(String bearer, String method, String path, JsonNode body) {
        return send(bearer, method, "/bindings" + path, body);
    }

    static ObjectNode binding(ConnectionId connection, ObjectNode settings) {
        ObjectNode body = Json.object().put("connectionId", connection.value());
        body.set("settings", settings);
        return body;
    }
}
