package dev.patchbay.integrations.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import java.time.DayOfWeek;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@PatchbayTest
class GoogleCalendarKitTests extends AdapterKit {

    private final OffsetDateTime tomorrow =
            OffsetDateTime.now(ZoneOffset.UTC).plusDays(1).truncatedTo(ChronoUnit.HOURS);
    private final AtomicInteger slots = new AtomicInteger();
    private final Trial book = new Trial("calendar.book", "events.insert", this::appointmentInput, this::countActive);

    @Override
    protected String provider() {
        return "google";
    }

    @Override
    protected JsonNode settings() {
        return Json.object().put("requestsPerMinute", 60_000);
    }

    @Override
    protected Map<String, String> secrets() {
        return Map.of("client_id", "g", "client_secret", "g-secret", "refresh_token", "g-refresh");
    }

    @Override
    protected JsonNode binding() {
        var hours = Json.object();
        var week = hours.putObject("week");
        for (DayOfWeek day : DayOfWeek.values()) {
            week.putArray(day.name()).addObject().put("from", "00:00").put("to", "24:00");
        }
        return Json.object().put("calendarId", "acme@calendar.example").set("hours", hours);
    }

    @Override
    protected List<Trial> trials() {
        return List.of(
                book,
                new Trial("calendar.hold", "events.insert", this::appointmentInput, this::countActive),
                new Trial("calendar.move", "events.patch", this::moveInput, this::countActive),
                new Trial("calendar.cancel", "events.delete", this::cancellationInput, this::countCancelled));
    }

    private ObjectNode appointmentInput() {
        return Json.object()
                .put("contact", "c1")
                .put(
                        "start",
                        tomorrow.plusMinutes(30L * slots.getAndIncrement()).toString())
                .put("minutes", 30);
    }

    private JsonNode cancellationInput() {
        Outcome booked = adapterFixture.attempt(adapterFixture.request(client, "calendar.book", appointmentInput()));
        return Json.object().set("id", ((Outcome.Succeeded) booked).value().path("id"));
    }

    private JsonNode moveInput() {
        return appointmentInput()
                .remove(List.of("contact"))
                .set("id", cancellationInput().path("id"));
    }

    private int countActive(ActionRequest actionRequest) {
        return (int) events().filter(it -> it.at("/extendedProperties/private/patchbayEffect")
                        .asString("")
                        .equals(actionRequest.key().text()))
                .filter(it -> !isCancelled(it))
                .count();
    }

    private int countCancelled(ActionRequest actionRequest) {
        return (int)
                events().filter(it -> it.path("id").equals(actionRequest.input().path("id")))
                        .filter(GoogleCalendarKitTests::isCancelled)
                        .count();
    }

    private Stream<JsonNode> events() {
        return sandbox.readState("/google/events").valueStream();
    }

    private static boolean isCancelled(JsonNode event) {
        return event.path("status").asString("").equals("cancelled");
    }

    @Test
    void aBookingCancelledBeforeItsLookUpIsLeftToAPerson() {
        ActionRequest actionRequest = request(book);
        sandbox.injectFault("google", "events.insert", "lost_response", 0);
        assertRetry(adapterFixture.attempt(actionRequest), FailureReason.UNKNOWN_OUTCOME);
        JsonNode created = events().toList().getLast();
        adapterFixture.attempt(adapterFixture.request(
                client,
                "calendar.cancel",
                Json.object().put("id", created.path("id").asString())));

        assertThat(adapterFixture.finishWithoutWaiting(actionRequest)).isNotInstanceOf(Outcome.Succeeded.class);
        assertThat(adapterFixture.attempt(actionRequest)).isNotInstanceOf(Outcome.Succeeded.class);
        assertThat(countActive(actionRequest))
                .as("a cancelled booking is not made again")
                .isZero();
    }

    @Test
    void aBookedHoldStaysOneEvent() {
        ObjectNode time = appointmentInput();
        ActionRequest hold = adapterFixture.request(client, "calendar.hold", time);
        String held = ((Outcome.Succeeded) adapterFixture.attempt(hold))
                .value()
                .path("id")
                .asString();
        ActionRequest booking =
                adapterFixture.request(client, "calendar.book", time.deepCopy().put("hold", held));
        sandbox.injectFault("google", "events.patch", "lost_response", 0);

        assertRetry(adapterFixture.attempt(booking), FailureReason.UNKNOWN_OUTCOME);
        assertThat(adapterFixture.finishWithoutWaiting(booking)).isInstanceOf(Outcome.Succeeded.class);
        assertThat(countActive(booking)).isEqualTo(1);
        assertThat(countActive(hold)).as("the hold became the booking").isZero();
    }
}
