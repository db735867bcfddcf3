package dev.patchbay.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.tenants.Client;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.FlowFixture;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Flows mail the client's own people, and nobody else. */
@PatchbayTest
class ClientMailTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");

    @Autowired
    private Clients clients;

    private Client original;

    @BeforeEach
    void listPeople() {
        var id = new ClientId(TestEnvironment.dev().at("/clients/0/id").asString());
        original = clients.find(TenantScope.of(TENANT), id).orElseThrow();
        ObjectNode settings = ((ObjectNode) original.settings()).deepCopy();
        settings.putObject("notify").putArray("emails").add("owner@example.com").add("desk at example dot com");
        clients.put(TENANT, new Client(id, original.name(), original.zone(), settings, original.locale()));
    }

    @AfterEach
    void restoreClient() {
        clients.put(TENANT, original);
    }

    private static JsonNode run(String with, String status) {
        return new FlowFixture("""
                do:
                  - mail: { call: notify.email, with: { subject: "A call, missed", text: "Call back.", %s } }
                """.formatted(with)).startAndAwait(status);
    }

    @Test
    void theClientsPeopleAreMailed() {
        JsonNode all = run("to: null", "completed");
        JsonNode one = run("to: [OWNER@example.com]", "completed");

        assertThat(all.at("/steps/0/output/to")).isEqualTo(Json.read("[\"owner@example.com\",\"desk@example.com\"]"));
        assertThat(one.at("/steps/0/output/to/0").asString()).isEqualTo("OWNER@example.com");
        assertThat(all.at("/steps/0/effect/state").asString()).isEqualTo("DONE");
    }

    @Test
    void otherAddressesAreRefused() {
        JsonNode parked = run("to: [stranger@example.com]", "parked");

        assertThat(parked.at("/cause/sentence").asString()).contains("own people only");
    }
}
