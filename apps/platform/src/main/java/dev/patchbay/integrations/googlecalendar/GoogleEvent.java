package dev.patchbay.integrations.googlecalendar;

import dev.patchbay.effects.spi.AppointmentText;
import dev.patchbay.effects.spi.CalendarPort.Booking;
import dev.patchbay.effects.spi.CalendarPort.BookingRequest;
import dev.patchbay.effects.spi.CalendarPort.Hold;
import dev.patchbay.effects.spi.CalendarPort.HoldRequest;
import dev.patchbay.effects.spi.CalendarPort.MoveRequest;
import dev.patchbay.effects.spi.CalendarPort.PersonDetails;
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
import java.util.List;
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
     * Derives the event's id from the effect's key, so that a repeated insert gets a 409. Google accepts ids of the caller in
     * base32hex (RFC 2938, lower case), 5 to 1024 characters long ("Events: insert").
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

    static ObjectNode bookingEvent(CallContext callContext, BookingRequest request, AppointmentText texts) {
        ObjectNode event = Json.object().put("id", id(callContext)).put("status", "confirmed");
        event.put("summary", texts.title(callContext, request.title(), request.person()));
        event.put(
                "description", texts.description(callContext, request.description(), request.person(), "event.booked"));
        putTimesAndOwner(event, callContext, request.start(), request.minutes(), request.contact(), request.person());
        return event;
    }

    /**
     * Returns the changes that make another event equal to this one; the id stays. The end of a hold stays too, so that the
     * hold can be looked up.
     */
    static ObjectNode changesTo(ObjectNode event) {
        return event.deepCopy().remove(List.of("id"));
    }

    static ObjectNode holdEvent(CallContext callContext, HoldRequest request, AppointmentText texts) {
        OffsetDateTime until = callContext
                .firstClaimedAt()
                .plus(Duration.ofMinutes(Objects.requireNonNullElse(request.holdMinutes(), DEFAULT_HOLD_MINUTES)))
                .atOffset(ZoneOffset.UTC);
        ObjectNode event = Json.object().put("id", id(callContext)).put("status", "tentative");
        event.put("summary", texts.title(callContext, request.title(), request.person()));
        event.put("description", texts.description(callContext, request.description(), request.person(), "event.held"));
        putTimesAndOwner(event, callContext, request.start(), request.minutes(), request.contact(), request.person())
                .put("patchbayHoldUntil", GoogleApi.rfc3339(until));
        return event;
    }

    /** Returns the changes that move an event; a hold that is moved becomes a booking. */
    static ObjectNode movePatch(CallContext callContext, MoveRequest request) {
        ObjectNode event = Json.object().put("status", "confirmed");
        event.set("start", writeTime(request.start(), callContext.zone()));
        event.set("end", writeTime(request.start().plusMinutes(request.minutes()), callContext.zone()));
        event.putObject("extendedProperties").putObject("private").put("patchbayEffect", callContext.effectKey());
        return event;
    }

    private static ObjectNode putTimesAndOwner(
            ObjectNode event,
            CallContext callContext,
            OffsetDateTime start,
            int minutes,
            String contact,
            @Nullable PersonDetails person) {
        event.set("start", writeTime(start, callContext.zone()));
        event.set("end", writeTime(start.plusMinutes(minutes), callContext.zone()));
        ObjectNode properties = event.putObject("extendedProperties")
                .putObject("private")
                .put("patchbayRun", callContext.origin())
                .put("patchbayContact", contact)
                .put("patchbayEffect", callContext.effectKey());
        Optional.ofNullable(person)
                .map(PersonDetails::phone)
                .or(() -> Optional.of(contact).filter(it -> it.startsWith("+")))
                .ifPresent(phone -> properties.put("patchbayPhone", phone));
        return properties;
    }

    /** Reads a booking; empty when the event has no id or no times. */
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

    /** Reads a hold; empty when the event is not a hold. */
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

    static boolean isHold(JsonNode event) {
        return "tentative".equals(event.path("status").asString(""));
    }

    static boolean isCancelled(JsonNode event) {
        return "cancelled".equals(event.path("status").asString(""));
    }

    static boolean isOurs(CallContext callContext, JsonNode event) {
        return callContext
                .effectKey()
                .equals(event.at("/extendedProperties/private/patchbayEffect").asString(""));
    }

    /** Formats the start in the client's locale, for example {@code Tue, Nov 24, 10:30 AM}. */
    private static String startLocal(CallContext callContext, OffsetDateTime time) {
        return new AppointmentTimeFormat(Messages.in(callContext.locale()), callContext.zone()).write(time);
    }

    /** Formats a time for a sentence that an operator reads: in English, with the clock of the client's country. */
    static String formatForOperators(CallContext callContext, OffsetDateTime time) {
        var english = Locale.of("en", callContext.locale().getCountry());
        return new AppointmentTimeFormat(Messages.in(english), callContext.zone()).write(time);
    }

    private static ObjectNode writeTime(OffsetDateTime time, ZoneId zone) {
        return Json.object()
                .put("dateTime", GoogleApi.rfc3339(time.atZoneSameInstant(zone).toOffsetDateTime()))
                .put("timeZone", zone.getId());
    }

    private static OffsetDateTime readTime(JsonNode written) {
        return OffsetDateTime.parse(written.path("dateTime").asString(""));
    }
}
