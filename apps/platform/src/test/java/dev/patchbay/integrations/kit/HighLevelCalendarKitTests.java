package dev.patchbay.integrations.kit;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Outcome;
import dev.patchbay.kernel.Json;
import dev.patchbay.testing.PatchbayTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@PatchbayTest
class HighLevelCalendarKitTests extends AdapterKit {

    private final AtomicInteger slots = new AtomicInteger();

    @Override
    protected String provider() {
        return "highlevel";
    }

    @Override
    protected JsonNode settings() {
        return Json.object().put("locationId", "loc_1").put("requestsPer10Seconds", 5000);
    }

    @Override
    protected Map<String, String> secrets() {
        return Map.of("client_id", "hl", "client_secret", "hl-secret", "refresh_token", "hl-refresh");
    }

    @Override
    protected JsonNode binding() {
        var hours = Json.object().put("from", "08:00").put("to", "20:00");
        hours.putArray("days").add("MONDAY");
        return Json.object().put("calendarId", "cal_1").set("hours", hours);
    }

    /** A booking reads the calendar in four requests first. */
    @Override
    protected Duration window() {
        return Duration.ofSeconds(4);
    }

    @Override
    protected List<Trial> trials() {
        return List.of(
                new Trial("calendar.book", "appointments.create", this::newSlot, this::countStanding),
                new Trial("calendar.hold", "appointments.create", this::newSlot, this::countStanding),
                new Trial("calendar.move", "appointments.update", this::movedBooking, this::countStanding),
                new Trial("calendar.cancel", "appointments.update", this::standingBooking, this::countCancelled));
    }

    /** The half hours of Mondays to come, one after another. */
    private ObjectNode newSlot() {
        int next = slots.getAndIncrement();
        OffsetDateTime start = ZonedDateTime.now(ZoneId.of("America/New_York"))
                .truncatedTo(ChronoUnit.DAYS)
                .with(TemporalAdjusters.next(DayOfWeek.MONDAY))
                .plusWeeks(next / 20)
                .withHour(8)
                .plusMinutes(30L * (next % 20))
                .toOffsetDateTime();
        return Json.object()
                .put("contact", "AbCdEfGhIjKlMnOpQrSt")
                .put("start", start.toString())
                .put("minutes", 30);
    }

    private ObjectNode standingBooking() {
        var outcome = (Outcome.Succeeded)
                adapterFixture.attempt(adapterFixture.request(client, "calendar.book", newSlot(), window()));
        return Json.object().put("id", outcome.value().path("id").asString());
    }

    private JsonNode movedBooking() {
        ObjectNode slot = newSlot();
        return standingBooking().put("start", slot.path("start").asString()).put("minutes", 30);
    }

    private Stream<JsonNode> appointments() {
        return sandbox.readState("/highlevel/appointments").valueStream();
    }

    private int countStanding(ActionRequest actionRequest) {
        String mark = URLEncoder.encode(actionRequest.key().text(), StandardCharsets.UTF_8);
        return (int) appointments()
                .filter(it -> it.path("description").asString("").contains(mark))
                .count();
    }

    private int countCancelled(ActionRequest actionRequest) {
        return (int) appointments()
                .filter(it -> it.path("id").equals(actionRequest.input().path("id")))
                .filter(it -> it.path("appointmentStatus").asString().equals("cancelled"))
                .count();
    }
}
