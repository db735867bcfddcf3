package dev.patchbay.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.testing.TestEnvironment;
import dev.patchbay.testing.TestEnvironment.Reply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A tenant with two clients, and a token with every permission. */
abstract class TenantFixture {

    @Autowired
    PeopleFixture people;

    TenantId tenant = new TenantId("tnt_unset");
    String admin = "";
    ClientId north = new ClientId("cli_unset");
    ClientId south = new ClientId("cli_unset");

    @BeforeEach
    void createTenant() {
        tenant = people.createTenant();
        admin = people.issueToken(tenant, Optional.empty(), "*:*");
        north = people.createClient(tenant, "North");
        south = people.createClient(tenant, "South");
    }

    static Reply call(String token, String method, String path, JsonNode body) {
        return TestEnvironment.send(
                TestEnvironment.request(URI.create("http://127.0.0.1:" + TestEnvironment.PORT + "/api/v1" + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(Json.write(body))));
    }

    Reply call(String method, String path, JsonNode body) {
        return call(admin, method, path, body);
    }

    Reply get(String path) {
        return TestEnvironment.get("/api/v1" + path, admin);
    }

    void assertAudited(String... actions) {
        var recorded = get("/audit?limit=200")
                .body()
                .path("items")
                .valueStream()
                .map(entry -> entry.path("action").asString())
                .toList();
        assertThat(recorded).contains(actions);
    }

    static void assertRefused(Reply reply, int status, String saying) {
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(status);
        assertThat(reply.body().path("detail").asString()).contains(saying);
    }

    static ObjectNode object() {
        return Json.object();
    }

    JsonNode check(String subject, String action, String resource, String client) {
        return call(
                        "POST",
                        "/iam/check",
                        object().put("subject", subject)
                                .put("action", action)
                                .put("resource", resource)
                                .put("clientId", client))
                .body();
    }
}
