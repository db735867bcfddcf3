package dev.patchbay.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Events of unmapped agents wait, are listed, and are dispatched once their agent is mapped. */
@PatchbayTest
class UnattributedTests {

    private final String agent = "agent_" + UUID.randomUUID();

    @Test
    void anEventOfAnUnknownAgentWaitsUntilItIsMapped() {
        String event = deliver();
        assertThat(status(event)).isEqualTo("unattributed");
        assertThat(TestEnvironment.get("/api/v1/events?status=unattributed&limit=100")
                        .body()
                        .toString())
                .contains(event);
        assertThat(unmapped().path("firstEventId").asString()).isEqualTo(event);
        assertThat(TestEnvironment.get("/api/v1/ingress/backlog").body().toString())
                .contains("unattributed");

        assertThat(map("con_retell", "cli_harbor").status()).isEqualTo(204);

        await().atMost(Duration.ofSeconds(10)).until(() -> status(event).equals("done"));
        assertThat(TestEnvironment.get("/api/v1/events/" + event)
                        .body()
                        .path("clientid")
                        .asString())
                .isEqualTo("cli_harbor");
        assertThat(unmapped().isMissingNode()).isTrue();
        assertThat(TestEnvironment.get("/api/v1/audit").body().toString()).contains("route.mapped");
        assertThat(status(deliver())).isNotEqualTo("unattributed");
    }

    @Test
    void aMappingNeedsAnExistingConnectionAndClient() {
        assertThat(map("con_retell", "cli_nobody").body().path("code").asString())
                .isEqualTo("404.client_not_found");
        assertThat(map("con_nothing", "cli_harbor").body().path("code").asString())
                .isEqualTo("404.connection_not_found");
    }

    @ParameterizedTest
    @CsvSource({"connectionId", "kind", "externalId", "clientId"})
    void aMappingNeedsEveryMember(String missing) {
        var mapping = Json.object()
                .put("connectionId", "con_retell")
                .put("kind", "agent")
                .put("externalId", agent)
                .put("clientId", "cli_harbor");

        var partial = mapping.deepCopy();
        partial.remove(missing);
        var absent = TestEnvironment.put("/api/v1/ingress/routes", partial);
        var unprintable = TestEnvironment.put("/api/v1/ingress/routes", mapping.put(missing, "a b"));

        assertThat(absent.status()).isEqualTo(400);
        assertThat(unprintable.body().path("code").asString()).isEqualTo("400.malformed_request");
    }

    private TestEnvironment.Reply map(String connection, String client) {
        return TestEnvironment.put(
                "/api/v1/ingress/routes",
                Json.object()
                        .put("connectionId", connection)
                        .put("kind", "agent")
                        .put("externalId", agent)
                        .put("clientId", client));
    }

    private JsonNode unmapped() {
        for (var item : TestEnvironment.get("/api/v1/ingress/unattributed?limit=200")
                .body()
                .path("items")) {
            if (item.path("externalId").asString().equals(agent)) {
                return item;
            }
        }
        return Json.object().path("absent");
    }

    private String deliver() {
        var webhook = Webhooks.callEnded(Webhooks.newCallId());
        webhook.withObject("/call").put("agent_id", agent);
        return Webhooks.deliver(webhook).body().path("eventId").asString();
    }

    private static String status(String event) {
        return TestEnvironment.get("/api/v1/events/" + event)
                .body()
                .path("status")
                .asString();
    }
}
