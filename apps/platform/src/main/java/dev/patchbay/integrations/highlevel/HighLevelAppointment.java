package dev.patchbay.integrations.highlevel;

import dev.patchbay.effects.spi.CalendarPort.Booking;
import dev.patchbay.effects.spi.CalendarPort.BusyTime;
import dev.patchbay.effects.spi.CalendarPort.Hold;
import dev.patchbay.effects.spi.CalendarPort.Slot;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.kernel.AppointmentTimeFormat;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Messages;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes an appointment as HighLevel keeps it. HighLevel has no field for our keys, so the last line of the
 * description holds the key of the effect that made or last changed it, and of a hold also its end:
 * {@code Patchbay: live%3Acall_1%2F… held until 2031-…Z}. A hold is an appointment with the status {@code new}.
 */
record HighLevelAppointment(JsonNode event) {

    private static final Set<String> NOT_BLOCKING = Set.of("cancelled", "noshow", "invalid");
    private static final Pattern MARK = Pattern.compile("(?m)^Patchbay: (\\S+?)(?: held until (\\S+))?$");

    static String mark(CallContext callContext, Optional<Instant> heldUntil) {
        return "Patchbay: " + HighLevelApi.encode(callContext.effectKey())
                + heldUntil.map(until -> " held until " + until).orElse("");
    }

    /** Returns the members that set the time. */
    static ObjectNode times(CallContext callContext, OffsetDateTime start, int minutes) {
        OffsetDateTime local = start.atZoneSameInstant(callContext.zone()).toOffsetDateTime();
        return Json.object()
                .put("startTime", local.toString())
                .put(
                        "endTime",
                        start.plusMinutes(minutes)
                                .atZoneSameInstant(callContext.zone())
                                .toOffsetDateTime()
                                .toString());
    }

    String id() {
        return event.path("id").asString("");
    }

    /** Returns the status, whose member HighLevel spells in two ways ("Get Appointments for Contact"). */
    String status() {
        return event.path("appointmentStatus")
                .asString(event.path("appoinmentStatus").asString(""));
    }

    String description() {
        return event.path("description").asString(event.path("notes").asString(""));
    }

    /** Returns the description with another mark. */
    String descriptionMarked(String mark) {
        String text = MARK.matcher(description()).replaceAll("").strip();
        return text.isEmpty() ? mark : String.join("\n", text, mark);
    }

    Optional<String> effectKey() {
        Matcher mark = MARK.matcher(description());
        return mark.find() ? Optional.of(URLDecoder.decode(mark.group(1), StandardCharsets.UTF_8)) : Optional.empty();
    }

    boolean isOf(CallContext callContext) {
        return effectKey().filter(callContext.effectKey()::equals).isPresent();
    }

    boolean isHold() {
        return status().equals("new") && heldUntil().isPresent();
    }

    boolean isStanding() {
        return !NOT_BLOCKING.contains(status()) && !event.path("deleted").asBoolean(false);
    }

    private Optional<Instant> heldUntil() {
        Matcher mark = MARK.matcher(description());
        try {
            return mark.find() ? Optional.ofNullable(mark.group(2)).map(Instant::parse) : Optional.empty();
        } catch (DateTimeException changedByPeople) {
            return Optional.empty();
        }
    }

    /** Returns the slot; empty when the appointment has no readable times. */
    Optional<Slot> slot(CallContext callContext) {
        return time(callContext, "startTime")
                .flatMap(start -> time(callContext, "endTime").map(end -> new Slot(start, end)));
    }

    private Optional<OffsetDateTime> time(CallContext callContext, String member) {
        return HighLevelTimestamps.parse(event.path(member))
                .map(instant -> instant.atZone(callContext.zone()).toOffsetDateTime());
    }

    Optional<BusyTime> busyTime(CallContext callContext) {
        return isStanding()
                ? slot(callContext).map(slot -> new BusyTime(Optional.of(id()), slot, effectKey()))
                : Optional.empty();
    }

    Optional<Booking> booking(CallContext callContext) {
        return slot(callContext)
                .filter(slot -> !id().isEmpty())
                .map(slot -> new Booking(id(), slot.start(), slot.end(), startLocal(callContext, slot), null));
    }

    /** Returns the hold; empty when the appointment is no hold. */
    Optional<Hold> hold(CallContext callContext) {
        return heldUntil()
                .flatMap(until -> slot(callContext)
                        .map(slot -> new Hold(
                                id(),
                                slot.start(),
                                slot.end(),
                                startLocal(callContext, slot),
                                until.atZone(callContext.zone()).toOffsetDateTime())));
    }

    private static String startLocal(CallContext callContext, Slot slot) {
        return new AppointmentTimeFormat(Messages.in(callContext.locale()), callContext.zone()).write(slot.start());
    }
}
