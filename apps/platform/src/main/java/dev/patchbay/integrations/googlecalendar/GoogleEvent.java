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

/** Maps bookings and holds to Google Calendar events and back (Calendar API v3, "Events"). */
final class GoogleEvent {

    private static final int DEFAULT_HOLD_MINUTES = 10;
    private static final char[] BASE32HEX = "0123456789abcdefghijklmnopqrstuv".toCharArray();

    private GoogleEvent() {}

    /**
     * The event's id, derived from the effect's key: a repeated insert gets a 409. Google accepts ids of the caller in base32hex
     * (RFC 2938, lower case), 5 to 1024 characters long ("Events: insert").
     */
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

    static ObjectNode bookingEvent(CallContext callContext, BookingRequest request) {
        ObjectNode event = Json.object().put("id", id(callContext));
        describe(event, callContext, request.title(), request.description(), "event.booked");
        putTimesAndOwner(event, callContext, request.start(), request.minutes(), request.contact());
        return event;
    }

    /** The change that confirms a hold as the booking. The hold's end time stays, so the hold can still be looked up. */
    static ObjectNode confirmationPatch(CallContext callContext, BookingRequest request) {
        ObjectNode event = Json.object().put("status", "confirmed");
        describe(event, callContext, request.title(), request.description(), "event.booked");
        putTimesAndOwner(event, callContext, request.start(), request.minutes(), request.contact());
        return event;
    }

    static ObjectNode holdEvent(CallContext callContext, HoldRequest request) {
        OffsetDateTime until = callContext
                .firstClaimedAt()
                .plus(Duration.ofMinutes(Objects.requireNonNullElse(request.holdMinutes(), DEFAULT_HOLD_MINUTES)))
                .atOffset(ZoneOffset.UTC);
        ObjectNode event = Json.object().put("id", id(callContext)).put("status", "tentative");
        describe(event, callContext, request.title(), request.description(), "event.held");
        putTimesAndOwner(event, callContext, request.start(), request.minutes(), request.contact())
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

    private static ObjectNode putTimesAndOwner(
            ObjectNode event, CallContext callContext, OffsetDateTime start, int minutes, String contact) {
        event.set("start", writeTime(start, callContext.zone()));
        event.set("end", writeTime(start.plusMinutes(minutes), callContext.zone()));
        return event.putObject("extendedProperties")
                .putObject("private")
                .put("patchbayRun", callContext.origin())
                .put("patchbayContact", contact)
                .put("patchbayEffect", callContext.effectKey());
    }

    /** Empty when the event has no id or no times. */
    static Optional<Booking> readBooking(CallContext callContext, JsonNode event) {
        try {
            OffsetDateTime start = readTime(event.path("start"));
            OffsetDateTime end = readTime(event.path("end"));
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

    /** Empty when the event is not a hold. */
    static Optional<Hold> readHold(CallContext callContext, JsonNode event) {
        try {
            OffsetDateTime until = OffsetDateTime.parse(
                    event.at("/extendedProperties/private/patchbayHoldUntil").asString(""));
            return readBooking(callContext, event)
                    .map(it -> new Hold(it.id(), it.start(), it.end(), it.startLocal(), until));
        } catch (DateTimeException noHold) {
            return Optional.empty();
        }
    }

    /** Whether the event is a hold for exactly that time. */
    static boolean isHoldFor(CallContext callContext, JsonNode event, BookingRequest request) {
        return "tentative".equals(event.path("status").asString(""))
                && readBooking(callContext, event)
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
    static String formatForOperators(CallContext callContext, OffsetDateTime time) {
        var english = Locale.of("en", callContext.locale().getCountry());
        return new AppointmentTimeFormat(Messages.in(english), callContext.zone()).write(time);
    }

    /** RFC 3339 with seconds, which Google requires and {@link OffsetDateTime#toString()} omits when they are zero. */
    static String rfc3339(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }

    private static ObjectNode writeTime(OffsetDateTime time, ZoneId zone) {
        return Json.object()
                .put("dateTime", rfc3339(time.atZoneSameInstant(zone).toOffsetDateTime()))
                .put("timeZone", zone.getId());
    }

    private static OffsetDateTime readTime(JsonNode written) {
        return OffsetDateTime.parse(written.path("dateTime").asString(""));
    }
}
