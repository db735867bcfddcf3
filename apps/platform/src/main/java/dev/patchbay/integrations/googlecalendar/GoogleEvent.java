package dev.patchbay.integrations.googlecalendar;

import dev.patchbay.effects.spi.CalendarPort.Booking;
import dev.patchbay.effects.spi.CalendarPort.BookingRequest;
import dev.patchbay.effects.spi.CalendarPort.Hold;
import dev.patchbay.effects.spi.CalendarPort.HoldRequest;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.kernel.AppointmentTimeFormat;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Messages;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A booking as Google Calendar keeps it. */
final class GoogleEvent {

    private static final int HOLD_MINUTES = 10;
    private static final char[] BASE32HEX = "0123456789abcdefghijklmnopqrstuv".toCharArray();

    private GoogleEvent() {}

    /** The event's id, chosen by us from the effect: a second insert meets a 409, whoever sends it. */
    static String id(CallContext callContext) {
        byte[] digest = Hashing.sha256(Hashing.utf8(callContext.effectKey()));
        var text = new StringBuilder();
        for (int bit = 0; bit < digest.length * 8; bit += 5) {
            int octet = Byte.toUnsignedInt(digest[bit / 8]) << 8;
            int next = bit / 8 + 1 < digest.length ? Byte.toUnsignedInt(digest[bit / 8 + 1]) : 0;
            text.append(BASE32HEX[((octet | next) >>> (11 - bit % 8)) & 31]);
        }
        return text.toString();
    }

    static ObjectNode write(CallContext callContext, BookingRequest request) {
        ObjectNode event = Json.object().put("id", id(callContext));
        describe(event, callContext, request.title(), request.description(), "event.booked");
        ours(event, callContext, request.start(), request.minutes(), request.contact());
        return event;
    }

    /** What turns a hold into the booking; the end of its time as a hold stays, for whoever looks the hold up. */
    static ObjectNode confirm(CallContext callContext, BookingRequest request) {
        ObjectNode event = Json.object().put("status", "confirmed");
        describe(event, callContext, request.title(), request.description(), "event.booked");
        ours(event, callContext, request.start(), request.minutes(), request.contact());
        return event;
    }

    static ObjectNode write(CallContext callContext, HoldRequest request) {
        OffsetDateTime until = callContext
                .firstClaimedAt()
                .plus(Duration.ofMinutes(Objects.requireNonNullElse(request.holdMinutes(), HOLD_MINUTES)))
                .atOffset(ZoneOffset.UTC);
        ObjectNode event = Json.object().put("id", id(callContext)).put("status", "tentative");
        describe(event, callContext, request.title(), request.description(), "event.held");
        ours(event, callContext, request.start(), request.minutes(), request.contact())
                .put("patchbayHoldUntil", rfc3339(until));
        return event;
    }

    /** @param defaultKey of the description where the request has none */
    private static void describe(
            ObjectNode event,
            CallContext callContext,
            @Nullable String title,
            @Nullable String description,
            String defaultKey) {
        var messages = Messages.in(callContext.locale());
        event.put("summary", title == null ? messages.text("event.title") : title);
        event.put("description", description == null ? messages.text(defaultKey) : description);
    }

    private static ObjectNode ours(
            ObjectNode event, CallContext callContext, OffsetDateTime start, int minutes, String contact) {
        event.set("start", moment(start, callContext.zone()));
        event.set("end", moment(start.plusMinutes(minutes), callContext.zone()));
        return event.putObject("extendedProperties")
                .putObject("private")
                .put("patchbayRun", callContext.origin())
                .put("patchbayContact", contact)
                .put("patchbayEffect", callContext.effectKey());
    }

    /** Empty when the answer holds no event with an id and times. */
    static Optional<Booking> read(CallContext callContext, JsonNode event) {
        try {
            OffsetDateTime start = moment(event.path("start"));
            OffsetDateTime end = moment(event.path("end"));
            return Optional.ofNullable(event.path("id").asString(null))
                    .map(id -> new Booking(
                            id,
                            start,
                            end,
                            startLocal(callContext, start),
                            event.path("htmlLink").asString(null)));
        } catch (DateTimeException noTimes) {
            return Optional.empty();
        }
    }

    /** Empty when the answer holds no event that was held. */
    static Optional<Hold> readHold(CallContext callContext, JsonNode event) {
        try {
            OffsetDateTime until = OffsetDateTime.parse(
                    event.at("/extendedProperties/private/patchbayHoldUntil").asString(""));
            return read(callContext, event).map(it -> new Hold(it.id(), it.start(), it.end(), it.startLocal(), until));
        } catch (DateTimeException noHold) {
            return Optional.empty();
        }
    }

    /** Whether it is a hold on exactly that time. */
    static boolean holds(CallContext callContext, JsonNode event, BookingRequest request) {
        return "tentative".equals(event.path("status").asString(""))
                && read(callContext, event)
                        .filter(it -> it.start().isEqual(request.start())
                                && it.end().isEqual(request.start().plusMinutes(request.minutes())))
                        .isPresent();
    }

    static boolean isCancelled(JsonNode event) {
        return "cancelled".equals(event.path("status").asString(""));
    }

    static boolean isOurs(CallContext callContext, JsonNode event) {
        return callContext
                .effectKey()
                .equals(event.at("/extendedProperties/private/patchbayEffect").asString(""));
    }

    /** In the client's locale, for example {@code Tue, Nov 24, 10:30 AM}. */
    private static String startLocal(CallContext callContext, OffsetDateTime time) {
        return new AppointmentTimeFormat(Messages.in(callContext.locale()), callContext.zone()).write(time);
    }

    /** For a sentence that an operator reads: in English, with the clock of the client's country. */
    static String english(CallContext callContext, OffsetDateTime time) {
        var english = Locale.of("en", callContext.locale().getCountry());
        return new AppointmentTimeFormat(Messages.in(english), callContext.zone()).write(time);
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
