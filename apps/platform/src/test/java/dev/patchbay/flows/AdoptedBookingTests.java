package dev.patchbay.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.FlowFixture;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A flow goes on with the booking that its call made, and leaves it alone when it is cancelled afterwards. */
@PatchbayTest
class AdoptedBookingTests {

    private final ObjectNode caller =
            PhoneCalls.newCaller().put("to", "+13125550142").put("agentId", "agent_northside");

    @AfterEach
    void removeFaults() {
        FlowFixture.removeFaults();
    }

    /** Places the call, whose text cannot be sent, and cancels its run. */
    private JsonNode cancelledRun() {
        // Certainly not sent, so that no later text of this client is compared with one whose outcome is unknown.
        FlowFixture.injectFault("twilio", "messages.create", "429", 20);
        String callId = PhoneCalls.place(caller);
        String correlation = PhoneCalls.analyzed(callId).path("correlationid").asString();
        String run = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> TestEnvironment.get("/api/v1/runs?correlationId=" + correlation)
                                .body()
                                .at("/items/0"),
                        it -> List.of("waiting", "parked")
                                .contains(it.path("status").asString()))
                .path("id")
                .asString();
        FlowFixture.postAccepted(run, "cancel", Json.object().put("reason", "the business closes"));
        return FlowFixture.awaitStatus(run, "cancelled");
    }

    private List<String> appointments() {
        String start = caller.path("slot").asString().substring(0, 16);
        return TestEnvironment.held()
                .at("/google/events")
                .valueStream()
                .filter(event -> event.at("/start/dateTime").asString("").startsWith(start))
                .map(event -> event.path("status").asString())
                .toList();
    }

    @Test
    void theBookingOfTheCallOutlivesTheRunThatTookIt() {
        caller.putArray("functions")
                .addObject()
                .put("name", "calendar.book")
                .putObject("args")
                .put("start", caller.path("slot").asString());

        JsonNode run = cancelledRun();

        assertThat(FlowFixture.steps(run, 0)).contains("booking completed").doesNotContain("undo booking completed");
        assertThat(appointments()).containsExactly("confirmed");
    }

    @Test
    void aBookingOfTheRunItselfIsCancelled() {
        JsonNode run = cancelledRun();

        assertThat(FlowFixture.steps(run, 0)).contains("booking undone", "undo booking completed");
        assertThat(appointments()).doesNotContain("confirmed");
    }
}
