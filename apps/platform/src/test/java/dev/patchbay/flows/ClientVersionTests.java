package dev.patchbay.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.flows.definition.FlowDefinitions;
import dev.patchbay.flows.definition.FlowVersion;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import dev.patchbay.testing.TestEnvironment.Reply;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A client's own version of a flow: its new runs start with it, whichever version is active. */
@PatchbayTest
class ClientVersionTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");

    @Autowired
    private Clients clients;

    @Autowired
    private FlowDefinitions definitions;

    @Autowired
    private Tenancy tenancy;

    private final String name = Ids.next("pinned", Instant.now()).replace('_', '-');
    private final ClientId pinned = new ClientId(Ids.next("cli", Instant.now()));
    private final ClientId other = new ClientId(Ids.next("cli", Instant.now()));
    private String flow = "";

    @BeforeEach
    void serveTwoClients() {
        for (ClientId client : List.of(pinned, other)) {
            clients.put(TENANT, new Client(client, "Pinned Dental", ZoneId.of("UTC"), Json.object()));
        }
        flow = create("1.0.0");
        promote("1.0.0");
        for (ClientId client : List.of(pinned, other)) {
            assertThat(TestEnvironment.put("/api/v1/flows/" + flow + "/clients/" + client)
                            .status())
                    .isEqualTo(204);
        }
    }

    private String create(String version) {
        Reply reply = TestEnvironment.post("/api/v1/flows", "application/yaml", """
                document: { dsl: 1.0.3, namespace: test, name: %s, version: %s }
                do:
                  - only: { set: { done: "%s" } }
                """.formatted(name, version, version));
        assertThat(reply.status()).as(String.valueOf(reply.body())).isEqualTo(201);
        return reply.body().path("id").asString();
    }

    private void promote(String version) {
        Reply reply = TestEnvironment.post(
                "/api/v1/flows/" + flow + "/promote", Json.object().put("version", version));
        assertThat(reply.status()).as(String.valueOf(reply.body())).isEqualTo(200);
    }

    private Reply pin(String id, ClientId client, String version) {
        return TestEnvironment.put(
                "/api/v1/flows/" + id + "/clients/" + client + "/version",
                version.isEmpty() ? Json.object() : Json.object().put("version", version));
    }

    private List<String> versions(ClientId client) {
        return tenancy.inTenant(TENANT, () -> definitions.findActive(TENANT, client)).stream()
                .map(FlowVersion::version)
                .toList();
    }

    @Test
    void aPinnedVersionStaysWhenAnotherIsPromoted() {
        create("2.0.0");
        assertThat(pin(flow, pinned, "1.0.0").status()).isEqualTo(204);
        promote("2.0.0");
        assertThat(versions(pinned)).containsExactly("1.0.0");
        assertThat(versions(other)).containsExactly("2.0.0");
        var served =
                TestEnvironment.get("/api/v1/flows/" + flow + "/clients").body().path("items");
        assertThat(served.valueStream().map(client -> client.path("version").asString("active")))
                .containsExactlyInAnyOrder("1.0.0", "active");
        assertThat(pin(flow, pinned, "").status()).isEqualTo(204);
        assertThat(versions(pinned)).containsExactly("2.0.0");
        for (String action : List.of("flow.pinned", "flow.unpinned")) {
            assertThat(TestEnvironment.get("/api/v1/audit?client=" + pinned + "&action=" + action)
                            .body()
                            .path("items"))
                    .as(action)
                    .hasSize(1);
        }
    }

    @Test
    void aDraftIsNotPinned() {
        create("2.0.0");
        Reply refused = pin(flow, pinned, "2.0.0");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("detail").asString()).contains("is a draft");
        assertThat(versions(pinned)).containsExactly("1.0.0");
    }

    @Test
    void unknownVersionsAndClientsAreNotFound() {
        assertThat(pin(flow, pinned, "9.9.9").status()).isEqualTo(404);
        var unserved = new ClientId(Ids.next("cli", Instant.now()));
        assertThat(pin(flow, unserved, "1.0.0").status()).isEqualTo(404);
        clients.put(TENANT, new Client(unserved, "Unserved", ZoneId.of("UTC"), Json.object()));
        assertThat(pin(flow, unserved, "1.0.0").status()).isEqualTo(404);
    }
}
