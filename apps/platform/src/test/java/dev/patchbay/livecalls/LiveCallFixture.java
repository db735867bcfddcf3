package dev.patchbay.livecalls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.testing.LiveCallClient;
import dev.patchbay.testing.TestEnvironment;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call to Northside Dental, in a week without other appointments.
 *
 * @param monday of that week, at ten
 */
record LiveCallFixture(String call, LocalDateTime monday) {

    static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
    static final String NORTHSIDE = "+13125550142";
    private static final AtomicInteger WEEKS = new AtomicInteger(20);

    static LiveCallFixture begin() {
        var monday = ZonedDateTime.now(CHICAGO)
                .plusWeeks(WEEKS.getAndIncrement())
                .with(TemporalAdjusters.next(DayOfWeek.MONDAY))
                .toLocalDate()
                .atTime(10, 0);
        return new LiveCallFixture("call_" + UUID.randomUUID().toString().replace("-", ""), monday);
    }

    JsonNode ask(String function, JsonNode arguments) {
        return askIn(call, function, arguments);
    }

    static JsonNode askIn(String callId, String function, JsonNode arguments) {
        var reply = LiveCallClient.ask(
                function, LiveCallClient.asking(callId, "agent_northside", "+14155550700", NORTHSIDE, arguments));
        assertThat(reply.status()).as(String.valueOf(reply.body())).isEqualTo(200);
        return reply.body();
    }

    static String outcome(JsonNode answer) {
        return answer.path("outcome").asString();
    }

    static ObjectNode at(LocalDateTime start) {
        return Json.object().put("start", start.toString());
    }

    /** This call's events in the calendar. */
    List<JsonNode> events() {
        return StreamSupport.stream(TestEnvironment.held().at("/google/events").spliterator(), false)
                .filter(event -> Json.write(event).contains("live:" + call))
                .toList();
    }

    /** The outcomes of the call's invocations, in order. */
    List<String> outcomes() {
        return StreamSupport.stream(
                        TestEnvironment.get("/api/v1/live-calls?callId=" + call)
                                .body()
                                .path("items")
                                .spliterator(),
                        false)
                .map(line -> line.path("outcome").asString())
                .toList();
    }

    static void fault(String operation, String fault, int times, int delayMs) {
        TestEnvironment.sandbox(
                "faults",
                Json.object()
                        .put("provider", "google")
                        .put("operation", operation)
                        .put("fault", fault)
                        .put("times", times)
                        .put("delayMs", delayMs));
    }
}
