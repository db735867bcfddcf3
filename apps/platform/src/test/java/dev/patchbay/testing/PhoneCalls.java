package dev.patchbay.testing;

import static org.awaitility.Awaitility.await;

import dev.patchbay.kernel.Json;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Places calls in the sandbox, and waits for their events and runs. */
public final class PhoneCalls {

    private static final AtomicInteger CALLERS = new AtomicInteger(100);

    private PhoneCalls() {}

    /** A new caller, who asks for a free slot. */
    public static ObjectNode newCaller() {
        int number = CALLERS.getAndIncrement();
        return Json.object()
                .put("from", "+1415555" + String.format("%04d", number))
                .put("firstName", "Ada")
                .put("lastName", "Caller" + number)
                .put("email", "ada" + number + "@example.com")
                .put("wantsAppointment", true)
                .put("slot", freeSlot(number))
                .put("durationSeconds", 95);
    }

    /** A half hour in the opening hours of the demo's clients: Monday to Friday from nine, in Chicago. */
    private static String freeSlot(int number) {
        var zone = ZoneId.of("America/Chicago");
        var today = ZonedDateTime.now(zone).toLocalDate();
        int businessDay = number / 10;
        var day = today.with(TemporalAdjusters.next(DayOfWeek.MONDAY))
                .plusWeeks(businessDay / 5)
                .plusDays(businessDay % 5);
        return day.atTime(9, 0)
                .atZone(zone)
                .plusMinutes(30L * (number % 10))
                .toOffsetDateTime()
                .toString();
    }

    /** Places the call at the voice provider, which sends its webhooks. Returns the call's id. */
    public static String place(JsonNode caller) {
        return TestEnvironment.sandbox("calls", caller).path("callId").asString();
    }

    /** Waits for the event {@code voice.call.analyzed} of that call. */
    public static JsonNode analyzed(String callId) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> TestEnvironment.get("/api/v1/events?type=voice.call.analyzed&subject=" + callId)
                                .body()
                                .path("items")
                                .path(0),
                        JsonNode::isObject);
    }

    /** Waits until all events of that call were handed to the flows. */
    public static void awaitDispatched(String callId) {
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> TestEnvironment.get("/api/v1/events?subject=" + callId)
                                .body()
                                .path("items"),
                        events -> !events.isEmpty()
                                && events.valueStream()
                                        .allMatch(event ->
                                                event.path("status").asString().equals("done")));
    }

    /** Waits until the run of that call has ended. */
    public static JsonNode ended(String callId) {
        String correlation = analyzed(callId).path("correlationid").asString();
        var summary = await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> TestEnvironment.get("/api/v1/runs?correlationId=" + correlation)
                                .body()
                                .path("items")
                                .path(0),
                        run -> run.hasNonNull("endedAt"));
        return TestEnvironment.get("/api/v1/runs/" + summary.path("id").asString())
                .body();
    }

    /** The number of a provider's records that contain the text, for example a caller's number. */
    public static long held(String provider, String collection, String text) {
        return StreamSupport.stream(
                        TestEnvironment.held().path(provider).path(collection).spliterator(), false)
                .filter(item -> Json.write(item).contains(text))
                .count();
    }
}
