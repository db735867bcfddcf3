package dev.patchbay.ingress.polling;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A tenant of the test's own with one client, accounts at the sandbox, and two connections that receive the same webhooks. */
final class PolledTenant {

    static final String DISTURBED = "con_disturbed";
    static final String QUIET = "con_quiet";

    final String mark = Ids.next("day", Clock.systemUTC().instant());
    final TenantId tenant = new TenantId("ten_" + mark);
    final ClientId client = new ClientId("cli_" + mark);
    private final Connections connections;
    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    PolledTenant(Tenants tenants, Clients clients, Connections connections, Tenancy tenancy, JdbcClient jdbc) {
        this.connections = connections;
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        tenants.save(tenant, "Recorded");
        clients.put(tenant, new Client(client, "Client", ZoneOffset.UTC, Json.object()));
    }

    String key() {
        return "key_" + mark;
    }

    String agent() {
        return "agent_" + mark;
    }

    String location() {
        return "loc_" + mark;
    }

    /** @param webhooks the URL that the sandbox sends webhooks to */
    void atRetell(String webhooks) {
        var account = Json.object().put("apiKey", key());
        account.putArray("agents").addObject().put("agent_id", agent()).put("webhook_url", webhooks);
        introduce("retell", account);
        for (String id : List.of(DISTURBED, QUIET)) {
            register(id, "retell", Json.object(), Map.of("api_key", key()), Optional.of(id + mark));
            connections.mapRoute(tenant, new ConnectionId(id), "agent", agent(), client);
        }
    }

    /** @param webhooks the URL that the sandbox sends webhooks to, signed with the private key */
    void atHighLevel(String webhooks, String privateKey, String publicKey) {
        var account = Json.object()
                .put("clientId", mark)
                .put("clientSecret", "s")
                .put("webhookUrl", webhooks)
                .put("webhookPrivateKey", privateKey);
        account.putArray("locations")
                .addObject()
                .put("id", location())
                .put("rateLimit", 1000)
                .put("accessToken", "access_" + mark);
        introduce("highlevel", account);
        for (String id : List.of(DISTURBED, QUIET)) {
            var settings = Json.object().put("webhookPublicKey", publicKey);
            register(id, "highlevel", settings, Map.of(), Optional.of(id + mark));
            connections.mapRoute(tenant, new ConnectionId(id), "location", location(), client);
        }
        var settings = Json.object().put("locationId", location()).put("webhooksThrough", DISTURBED);
        register("con_location", "highlevel", settings, Map.of("access_token", "access_" + mark), Optional.empty());
    }

    private void register(
            String id, String provider, JsonNode settings, Map<String, String> secrets, Optional<String> key) {
        URI base = URI.create(TestEnvironment.SANDBOX.address() + "/" + provider);
        connections.register(
                tenant, new NewConnection(new ConnectionId(id), provider, id, base, settings, secrets, key));
    }

    private static void introduce(String provider, JsonNode account) {
        var body = Json.object();
        body.set(provider, account);
        TestEnvironment.send(
                TestEnvironment.request(TestEnvironment.SANDBOX.address().resolve("/_sandbox/accounts"))
                        .PUT(HttpRequest.BodyPublishers.ofString(Json.write(body))));
    }

    URI address(String provider, String connection) {
        return URI.create(
                "http://127.0.0.1:" + TestEnvironment.PORT + "/ingress/" + provider + "/" + connection + mark);
    }

    /** The events of a connection in canonical form, one line per event. */
    List<String> state(String connection) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        SELECT type || ' ' || subject || ' ' || coalesce(client_id, '-') || ' ' || coalesce(person, '-')
                          || ' ' || time || ' ' || data AS line
                        FROM patchbay.event WHERE tenant_id = :tenant AND connection_id = :connection
                        ORDER BY 1""")
                        .param("tenant", tenant.value())
                        .param("connection", connection)
                        .query((row, number) -> row.getString("line"))
                        .list());
    }

    long polled(String connection) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        SELECT count(*) AS n FROM patchbay.event
                        WHERE tenant_id = :tenant AND connection_id = :connection AND origin = 'poll'""")
                        .param("tenant", tenant.value())
                        .param("connection", connection)
                        .query((row, number) -> row.getLong("n"))
                        .single());
    }
}
