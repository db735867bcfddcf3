package dev.patchbay.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Why an event started no flow is there to read. */
@PatchbayTest
class TriggerMissTests {

    private static String activate(String condition) {
        String name = "miss-" + UUID.randomUUID().toString().substring(0, 8);
        var created = TestEnvironment.post("/api/v1/flows", "application/yaml", """
                document: { dsl: 1.0.3, namespace: test, name: %s, version: 1.0.0 }
                schedule: { on: { one: { with: { type: voice.call.analyzed, data: '${ %s }' } } } }
                do:
                  - done: { set: { a: 1 } }
                """.formatted(name, condition));
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        String id = created.body().path("id").asString();
        var promoted = TestEnvironment.post("/api/v1/flows/" + id + "/promote", Json.object());
        assertThat(promoted.status()).as(promoted.body().toString()).isLessThan(300);
        var assigned = TestEnvironment.put("/api/v1/flows/" + id + "/clients/"
                + TestEnvironment.dev().at("/clients/0/id").asString());
        assertThat(assigned.status()).isEqualTo(204);
        return name;
    }

    private static JsonNode timelineRow(String callId, String flow) {
        return TestEnvironment.get("/api/v1/timeline?callId=" + callId)
                .body()
                .path("items")
                .valueStream()
                .filter(item -> item.path("kind").asString().equals("trigger.missed"))
                .filter(item -> item.path("title").asString().contains(flow))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aConditionThatFailsOrIsNotTrueIsInTheTimeline() {
        String failing = activate(".call.analysis.custom.nickname | test(\"^A\")");
        String untrue = activate(".call.analysis.custom.wants_appointment == \"maybe\"");

        String callId = PhoneCalls.place(PhoneCalls.newCaller());
        PhoneCalls.awaitDispatched(callId);

        assertThat(timelineRow(callId, failing).path("status").asString()).isEqualTo("failed");
        assertThat(timelineRow(callId, failing).path("detail").asString())
                .contains("could not be evaluated", ".call.analysis.custom.nickname is null");
        assertThat(timelineRow(callId, untrue).path("detail").asString())
                .contains("is not true", ".call.analysis.custom.wants_appointment is true");
    }
}
