package dev.patchbay.livecalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.testing.LiveCallClient;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.PhoneCalls;
import dev.patchbay.testing.TestEnvironment;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** All webhooks, polls and live functions of one call have one correlation id. */
@PatchbayTest
class CallCorrelationTests {

    @Test
    void eventsAndRunsOfACallShareItsId() {
        var call = PhoneCalls.place(PhoneCalls.newCaller());
        String expected = CorrelationId.ofConversation("retell", call).value();

        assertThat(PhoneCalls.ended(call).path("correlationId").asString()).isEqualTo(expected);
        await().untilAsserted(() -> assertThat(events(call))
                .extracting(
                        event -> event.path("type").asString(),
                        event -> event.path("correlationid").asString())
                .contains(
                        tuple("voice.call.started", expected),
                        tuple("voice.call.ended", expected),
                        tuple("voice.call.analyzed", expected)));
    }

    @Test
    void functionsOfACallShareItsId() {
        var fixture = LiveCallFixture.begin();
        fixture.ask("calendar.findSlots", Json.object());
        fixture.ask("calendar.findSlots", Json.object());

        assertThat(functions(fixture.call()))
                .extracting(line -> line.path("correlationId").asString())
                .hasSize(2)
                .containsOnly(
                        CorrelationId.ofConversation("retell", fixture.call()).value());
    }

    @Test
    void theIdThatAnInboundCallWasAnsweredWithStays() {
        var fixture = LiveCallFixture.begin();
        var answered = LiveCallClient.ring(
                        LiveCallClient.ringing("agent_northside", "+14155550712", LiveCallFixture.NORTHSIDE))
                .body()
                .at("/call_inbound/metadata");
        var request = LiveCallClient.asking(
                fixture.call(), "agent_northside", "+14155550712", LiveCallFixture.NORTHSIDE, Json.object());
        request.withObject("/call").set("metadata", answered);
        LiveCallClient.ask("calendar.findSlots", request);

        assertThat(functions(fixture.call()))
                .extracting(line -> line.path("correlationId").asString())
                .containsOnly(answered.path("patchbay_correlation").asString());
    }

    private static Stream<JsonNode> events(String call) {
        return TestEnvironment.get("/api/v1/events?subject=" + call)
                .body()
                .path("items")
                .valueStream();
    }

    private static Stream<JsonNode> functions(String call) {
        return TestEnvironment.get("/api/v1/live-calls?callId=" + call)
                .body()
                .path("items")
                .valueStream();
    }
}
