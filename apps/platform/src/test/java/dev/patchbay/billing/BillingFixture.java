package dev.patchbay.billing;

import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.iam.tokens.ServiceTokens;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Set;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** An agency of the test's own, with a token that may do everything about billing. */
public final class BillingFixture {

    public final String mark = Ids.next("bil", Clock.systemUTC().instant());
    public final TenantId tenant = new TenantId("ten_" + mark);
    private final Clients clients;

    public BillingFixture(ApplicationContext application) {
        this.clients = application.getBean(Clients.class);
        application.getBean(Tenants.class).save(tenant, "Billing");
        application
                .getBean(ServiceTokens.class)
                .issueFixed(
                        tenant,
                        "agency",
                        Set.of(
                                "read:billing",
                                "write:billing",
                                "read:costs",
                                "approve:prices",
                                "post:payments",
                                "read:audit"),
                        "pbt_" + mark);
    }

    public ClientId client(String name, String zone) {
        var id = new ClientId("cli_" + name + "_" + mark);
        clients.put(tenant, new Client(id, name, ZoneId.of(zone), Json.object()));
        return id;
    }

    public TestEnvironment.Reply send(String method, String path, String body) {
        return TestEnvironment.send(
                TestEnvironment.request(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + "/api/v1/" + path))
                        .header("Authorization", "Bearer pbt_" + mark)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Expects the status. */
    public JsonNode call(int status, String method, String path, String body) {
        TestEnvironment.Reply reply = send(method, path, body);
        if (reply.status() != status) {
            throw new AssertionError(reply.toString());
        }
        return reply.body();
    }

    public JsonNode get(String path) {
        return call(200, "GET", path, "");
    }

    public JsonNode post(String path, String body) {
        TestEnvironment.Reply reply = send("POST", path, body);
        if (reply.status() / 100 != 2) {
            throw new AssertionError(reply.toString());
        }
        return reply.body();
    }
}
