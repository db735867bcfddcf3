package dev.patchbay.usage;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.TestEnvironment;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An agency of the test's own with a Retell account at the sandbox, whose usage is collected over the API. */
public final class UsageFixture {

    public static final ConnectionId RETELL = new ConnectionId("con_usage");

    public final String mark = Ids.next("use", Clock.systemUTC().instant());
    public final TenantId tenant = new TenantId("ten_" + mark);
    private final Clients clients;
    private final Connections connections;

    public UsageFixture(ApplicationContext application, String... agents) {
        this.clients = application.getBean(Clients.class);
        this.connections = application.getBean(Connections.class);
        application.getBean(Tenants.class).save(tenant, "Usage");
        application
                .getBean(ServiceTokens.class)
                .issueFixed(
                        tenant,
                        "agency",
                        Set.of("read:billing", "read:costs", "collect:usage", "post:payments", "read:audit"),
                        token());
        ObjectNode account = Json.object().put("apiKey", key());
        account.putArray("numbers").add("+12137771235").add("+12137771236");
        var list = account.putArray("agents");
        for (String agent : agents) {
            list.addObject().put("agent_id", agent(agent)).put("agent_name", agent);
        }
        putAccount("retell", account);
        connections.register(
                tenant,
                new NewConnection(
                        RETELL,
                        "retell",
                        "Retell",
                        URI.create(TestEnvironment.SANDBOX.address() + "/retell"),
                        Json.object(),
                        Map.of("api_key", key()),
                        Optional.of(mark)));
    }

    public String key() {
        return "key_" + mark;
    }

    public String token() {
        return "pbt_" + mark;
    }

    public String agent(String name) {
        return "agent_" + name + "_" + mark;
    }

    public ClientId client(String name) {
        return new ClientId("cli_" + name + "_" + mark);
    }

    public static void putAccount(String provider, JsonNode account) {
        ObjectNode body = Json.object();
        body.set(provider, account);
        TestEnvironment.send(
                TestEnvironment.request(TestEnvironment.SANDBOX.address().resolve("/_sandbox/accounts"))
                        .PUT(HttpRequest.BodyPublishers.ofString(Json.write(body))));
    }

    /** Creates the client, or changes its zone. */
    public ClientId putClient(String name, String zone) {
        clients.put(tenant, new Client(client(name), name, ZoneId.of(zone), Json.object()));
        return client(name);
    }

    /** Maps the agent to the client from now on. */
    public void map(String agent, String client) {
        connections.mapRoute(tenant, RETELL, "agent", agent(agent), client(client));
    }

    /** Places a call that began at that moment, and returns its id. */
    public String call(String agent, Instant start, int seconds) {
        return call(agent, start, seconds, Json.object());
    }

    public String call(String agent, Instant start, int seconds, ObjectNode more) {
        ObjectNode script = Json.object()
                .put("from", "+14155550001")
                .put("agentId", agent(agent))
                .put("durationSeconds", seconds)
                .put("endTimestamp", start.plusSeconds(seconds).toEpochMilli());
        script.setAll(more);
        return TestEnvironment.sandbox("calls", script).path("callId").asString();
    }

    public static JsonNode sandbox(String method, String path, JsonNode body) {
        return TestEnvironment.send(TestEnvironment.request(
                                TestEnvironment.SANDBOX.address().resolve("/_sandbox/retell/" + path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(Json.write(body))))
                .body();
    }

    /** Collects everything since that moment, and returns the progress of the pass. */
    public JsonNode collect(Instant since) {
        return send("POST", "usage/collect/retell?since=" + since, token())
                .body()
                .at("/items/0");
    }

    public TestEnvironment.Reply send(String method, String path, String token) {
        return send(method, path, token, "");
    }

    public TestEnvironment.Reply send(String method, String path, String token, String body) {
        return TestEnvironment.send(
                TestEnvironment.request(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + "/api/v1/" + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    public JsonNode get(String path) {
        TestEnvironment.Reply reply = send("GET", path, token());
        if (reply.status() != 200) {
            throw new AssertionError(reply.toString());
        }
        return reply.body();
    }

    /** The sums of a span of days, by key. */
    public JsonNode sums(String by, String from, String to) {
        ObjectNode sums = Json.object();
        get("usage/days?by=" + by + "&from=" + from + "&to=" + to)
                .path("items")
                .forEach(item -> sums.set(item.path("key").asString(), item));
        return sums;
    }

    /** All costs between the two days, in the report's own decimals. */
    public BigDecimal cost(String from, String to) {
        return get("usage/days?from=" + from + "&to=" + to)
                .path("items")
                .valueStream()
                .map(item -> new BigDecimal(item.at("/cost/amount").asString()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
