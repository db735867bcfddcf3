package dev.patchbay.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@PatchbayTest
class EventApiTests {

    @Autowired
    private Events events;

    @Test
    void anEventIsACloudEventWithItsReceipt() throws IOException {
        String callId = Webhooks.newCallId();
        var event = TestEnvironment.get("/api/v1/events/" + stored(callId)).body();

        assertThat(event.path("type").asString()).isEqualTo("voice.call.ended");
        assertThat(event.path("subject").asString()).isEqualTo(callId);
        assertThat(event.path("time").asString()).isEqualTo("2026-09-21T14:14:55Z");
        assertThat(event.path("clientid"))
                .isEqualTo(TestEnvironment.dev().at("/clients/0").path("id"));
        assertThat(event.at("/data/call/transcript").asString()).isEqualTo("Agent: hello");
        assertThat(event.path("receivedAt").asString()).isNotBlank();
        assertThat(event.path("status").asString()).isIn("ready", "claimed", "done");
        var envelope = ((ObjectNode) event.deepCopy()).remove(List.of("origin", "receivedAt", "status"));
        try (var schema = getClass().getResourceAsStream("/contracts/events/envelope.schema.json")) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(Objects.requireNonNull(schema), InputFormat.JSON)
                            .validate(envelope))
                    .isEmpty();
        }
    }

    @Test
    void anEventOfAnUnmappedAgentHasNoClient() {
        var webhook = Webhooks.callEnded(Webhooks.newCallId());
        webhook.withObject("/call").put("agent_id", "agent_of_nobody");
        String id = Webhooks.deliver(webhook).body().path("eventId").asString();

        assertThat(TestEnvironment.get("/api/v1/events/" + id).body().has("clientid"))
                .isFalse();
    }

    @Test
    void anEventWithoutASchemaOrATimeIsStored() {
        String id = Webhooks.deliver("{\"event\":\"something_new\"}")
                .body()
                .path("eventId")
                .asString();

        var event = TestEnvironment.get("/api/v1/events/" + id).body();

        assertThat(event.has("dataschema")).isFalse();
        assertThat(event.path("time")).isEqualTo(event.path("receivedAt"));
    }

    @Test
    void aListHoldsNoTranscripts() {
        String callId = Webhooks.newCallId();
        stored(callId);

        var items =
                TestEnvironment.get("/api/v1/events?subject=" + callId).body().path("items");

        assertThat(items).hasSize(1);
        assertThat(items.at("/0/data/call/transcript").isMissingNode()).isTrue();
        assertThat(items.at("/0/data/call/id").asString()).isEqualTo(callId);
    }

    @Test
    void eachParameterNarrowsTheList() {
        String callId = Webhooks.newCallId();
        var event = TestEnvironment.get("/api/v1/events/" + stored(callId)).body();
        String subject = "/api/v1/events?subject=" + callId;

        assertThat(list(subject + "&type=voice.call.ended")).hasSize(1);
        assertThat(list(subject + "&type=voice.call.started")).isEmpty();
        assertThat(list(subject + "&phone=+14155550042")).hasSize(1);
        assertThat(list(subject + "&phone=%2B14155550099")).isEmpty();
        assertThat(list(subject + "&client=" + event.path("clientid").asString()))
                .hasSize(1);
        assertThat(list(subject + "&client=nobody")).isEmpty();
        assertThat(list("/api/v1/events?correlationId="
                        + event.path("correlationid").asString()))
                .hasSize(1);
    }

    @Test
    void listsArePagedLatestFirst() {
        String first = stored(Webhooks.newCallId());
        String second = stored(Webhooks.newCallId());
        var page = TestEnvironment.get("/api/v1/events?limit=1").body();

        assertThat(page.at("/items/0/id").asString()).isEqualTo(second);
        var next = TestEnvironment.get(
                        "/api/v1/events?limit=1&after=" + page.path("next").asString())
                .body();
        assertThat(next.at("/items/0/id").asString()).isEqualTo(first);
    }

    @Test
    void anUnknownEventIsNotFound() {
        var answer = TestEnvironment.get("/api/v1/events/evt_none");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().path("code").asString()).isEqualTo("404.event_not_found");
    }

    @Test
    void anEventIsSeenByItsTenantAndItsClientOnly() {
        var id = new EventId(stored(Webhooks.newCallId()));
        var tenant = new TenantId(TestEnvironment.dev().path("tenantId").asString());
        var client = new ClientId(TestEnvironment.dev().at("/clients/0/id").asString());

        assertThat(events.find(TenantScope.of(tenant), id)).isPresent();
        assertThat(events.find(TenantScope.of(tenant, client), id)).isPresent();
        assertThat(events.find(TenantScope.of(tenant, new ClientId("another")), id))
                .isEmpty();
        assertThat(events.find(TenantScope.of(new TenantId("another")), id)).isEmpty();
    }

    private static String stored(String callId) {
        return Webhooks.deliver(Webhooks.callEnded(callId))
                .body()
                .path("eventId")
                .asString();
    }

    private static JsonNode list(String path) {
        return TestEnvironment.get(path).body().path("items");
    }
}
