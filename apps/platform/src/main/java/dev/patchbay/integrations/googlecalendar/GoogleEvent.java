package dev.patchbay.integrations.googlecalendar;

import dev.patchbay.flows.spi.Act;
import dev.patchbay.flows.spi.CalendarPort.Booking;
import dev.patchbay.flows.spi.CalendarPort.BookingRequest;
import dev.patchbay.kernel.Json;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A booking as Google Calendar keeps it. */
final class GoogleEvent {

    private static final char[] BASE32HEX = "0123456789abcdefghijklmnopqrstuv".toCharArray();
    private static final DateTimeFormatter SPOKEN = DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH);

    private GoogleEvent() {}

    /** The event's id, chosen by us from the effect: a second insert meets a 409, whoever sends it. */
    static String id(Act act) {
        byte[] digest = Json.sha256(Json.utf8(act.effectKey()));
        var text = new StringBuilder();
        for (int bit = 0; bit < digest.length * 8; bit += 5) {
            int octet = Byte.toUnsignedInt(digest[bit / 8]) << 8;
            int next = bit / 8 + 1 < digest.length ? Byte.toUnsignedInt(digest[bit / 8 + 1]) : 0;
            text.append(BASE32HEX[((octet | next) >>> (11 - bit % 8)) & 31]);
        }
        return text.toString();
    }

    static ObjectNode write(Act act, BookingRequest request) {
        ObjectNode event = Json.object();
        event.put("id", id(act));
        event.put("summary", Objects.requireNonNullElse(request.title(), "Appointment"));
        event.put("description", Objects.requireNonNullElse(request.description(), "Booked by Patchbay."));
        event.set("start", moment(request.start(), act.zone()));
        event.set("end", moment(request.start().plusMinutes(request.minutes()), act.zone()));
        ObjectNode ours = event.putObject("extendedProperties").putObject("private");
        ours.put("patchbayRun", act.runId());
        ours.put("patchbayContact", request.contact());
        ours.put("patchbayEffect", act.effectKey());
        return event;
    }

    /** Empty when the answer holds no event with an id and times. */
    static Optional<Booking> read(Act act, JsonNode event) {
        try {
            OffsetDateTime start = moment(event.path("start"));
            OffsetDateTime end = moment(event.path("end"));
            return Optional.ofNullable(event.path("id").asString(null))
                    .map(id -> new Booking(
                            id,
                            start,
                            end,
                            spoken(start, act.zone()),
                            event.path("htmlLink").asString(null)));
        } catch (DateTimeException noTimes) {
            return Optional.empty();
        }
    }

    static boolean isCancelled(JsonNode event) {
        return "cancelled".equals(event.path("status").asString(""));
    }

    static boolean isOurs(Act act, JsonNode event) {
        return act.effectKey()
                .equals(event.at("/extendedProperties/private/patchbayEffect").asString(""));
    }

    /** As one would say it, for example {@code Tue 24 Nov, 10:30}. */
    static String spoken(OffsetDateTime time, ZoneId zone) {
        return SPOKEN.format(time.atZoneSameInstant(zone));
    }

    /** With seconds, which Google demands and {@link OffsetDateTime#toString()} leaves out when they are zero. */
    static String rfc3339(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    private static ObjectNode moment(OffsetDateTime time, ZoneId zone) {
        return Json.object()
                .put("dateTime", rfc3339(time.atZoneSameInstant(zone).toOffsetDateTime()))
                .put("timeZone", zone.getId());
    }

    private static OffsetDateTime moment(JsonNode written) {
        return OffsetDateTime.parse(written.path("dateTime").asString(""));
    }
}
