package dev.patchbay.livecalls.internal;

import dev.patchbay.effects.CalendarRules.Violation;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.OwnAppointments.OwnAppointment;
import dev.patchbay.effects.spi.CalendarPort.Hold;
import dev.patchbay.effects.spi.CalendarPort.Slot;
import dev.patchbay.effects.spi.CalendarPort.Slots;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.ingress.spi.LiveCalls.FunctionAnswer;
import dev.patchbay.kernel.AppointmentTimeFormat;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Messages;
import dev.patchbay.livecalls.InvocationOutcome;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The replies that an agent can say as they are, in the client's locale. Every outcome has one; an error has none. */
final class AgentReplies {

    /** A caller cannot remember more. */
    private static final int MAX_SPOKEN_SLOTS = 3;

    /** In {@code result}, for programs. */
    private static final int MAX_SLOTS = 10;

    private final Messages messages;
    private final ZoneId zone;
    private final AppointmentTimeFormat times;
    private final Instant now;

    private AgentReplies(Locale locale, ZoneId zone, Instant now) {
        this.messages = Messages.in(locale);
        this.zone = zone;
        this.times = new AppointmentTimeFormat(messages, zone);
        this.now = now;
    }

    static AgentReplies of(Client client, Instant now) {
        return new AgentReplies(client.locale(), client.zone(), now);
    }

    /** Where the number and the agent belong to no client. */
    static FunctionAnswer unavailableWithoutClient() {
        return new AgentReplies(Locale.US, ZoneOffset.UTC, Instant.EPOCH).unavailable();
    }

    private FunctionAnswer reply(InvocationOutcome outcome, JsonNode result, String key, Object... arguments) {
        return new FunctionAnswer(outcome.code(), messages.text(key, arguments), result);
    }

    FunctionAnswer unavailable() {
        return reply(InvocationOutcome.FAILED, Json.object(), "calendar.unavailable");
    }

    /** The caller hears that it cannot be done now; the operator reads why. */
    FunctionAnswer unavailable(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed
                ? reply(InvocationOutcome.FAILED, problem(failed.sentence()), "calendar.unavailable")
                : unavailable();
    }

    FunctionAnswer unknownFunction(String problem) {
        return reply(InvocationOutcome.FAILED, problem(problem), "function.unknown");
    }

    private static ObjectNode problem(String sentence) {
        return Json.object().put("problem", sentence);
    }

    FunctionAnswer unclearTime() {
        return reply(InvocationOutcome.UNCLEAR, Json.object(), "appointment.unclear");
    }

    FunctionAnswer skippedTime(LocalDateTime local) {
        return reply(InvocationOutcome.UNCLEAR, Json.object(), "appointment.skipped", times.sayLocal(local, now));
    }

    FunctionAnswer doubledTime(OffsetDateTime earlier) {
        return reply(InvocationOutcome.UNCLEAR, Json.object(), "appointment.doubled", times.say(earlier, now));
    }

    FunctionAnswer pendingChange() {
        return reply(InvocationOutcome.PENDING, Json.object(), "change.pending");
    }

    FunctionAnswer cancelled(OffsetDateTime start, JsonNode cancellation, boolean held) {
        return reply(
                InvocationOutcome.DONE, cancellation, held ? "release.done" : "cancel.done", times.say(start, now));
    }

    FunctionAnswer moved(OffsetDateTime start, JsonNode booking) {
        return reply(InvocationOutcome.DONE, booking, "move.done", times.say(start, now));
    }

    FunctionAnswer noAppointment() {
        return reply(InvocationOutcome.DONE, list(List.of()), "appointments.none");
    }

    FunctionAnswer appointments(List<OwnAppointment> appointments) {
        return appointments.isEmpty()
                ? noAppointment()
                : reply(
                        InvocationOutcome.DONE,
                        list(appointments),
                        "appointments.found",
                        say(appointments),
                        appointments.size());
    }

    FunctionAnswer severalAppointments(List<OwnAppointment> appointments) {
        return reply(
                InvocationOutcome.UNCLEAR,
                list(appointments),
                "appointments.several",
                say(appointments),
                appointments.size());
    }

    private String say(List<OwnAppointment> appointments) {
        return times.sayAll(
                appointments.stream()
                        .limit(MAX_SPOKEN_SLOTS)
                        .map(it -> it.slot().start())
                        .toList(),
                now);
    }

    private ObjectNode list(List<OwnAppointment> appointments) {
        var result = Json.object();
        var items = result.putArray("appointments");
        appointments.stream().limit(MAX_SLOTS).forEach(it -> items.add(describe(it)));
        return result;
    }

    ObjectNode describe(OwnAppointment appointment) {
        var start = appointment.slot().start();
        return Json.object()
                .put("id", appointment.id())
                .put("start", start.atZoneSameInstant(zone).toOffsetDateTime().toString())
                .put(
                        "end",
                        appointment
                                .slot()
                                .end()
                                .atZoneSameInstant(zone)
                                .toOffsetDateTime()
                                .toString())
                .put("spoken", times.say(start, now));
    }

    FunctionAnswer pendingAppointment(OffsetDateTime start) {
        return reply(InvocationOutcome.PENDING, Json.object(), "appointment.pending", times.say(start, now));
    }

    FunctionAnswer pendingSlots() {
        return reply(InvocationOutcome.PENDING, Json.object(), "slots.pending");
    }

    /** A hold whose time is over may have been released meanwhile. */
    FunctionAnswer held(OffsetDateTime start, JsonNode hold) {
        boolean expired = !Json.read(hold, Hold.class).heldUntil().toInstant().isAfter(now);
        return expired
                ? reply(InvocationOutcome.EXPIRED, hold, "hold.expired", times.say(start, now))
                : reply(InvocationOutcome.DONE, hold, "hold.done", times.say(start, now));
    }

    FunctionAnswer booked(OffsetDateTime start, JsonNode booking) {
        return reply(InvocationOutcome.DONE, booking, "book.done", times.say(start, now));
    }

    /**
     * @param violation the rule that the time violates; empty when it is taken
     * @param alternatives the calendar's answer; empty when it gave none in time
     */
    FunctionAnswer slotTaken(OffsetDateTime start, Optional<Violation> violation, Optional<JsonNode> alternatives) {
        List<Slot> slots = alternatives.map(AgentReplies::slots).orElse(List.of());
        String requested = times.say(start, now);
        if (violation.isPresent()) {
            String why = messages.text(key(violation.get()), requested);
            String next = slots.isEmpty()
                    ? messages.text("appointment.other")
                    : messages.text("appointment.offer", choice(slots));
            return new FunctionAnswer(InvocationOutcome.TAKEN.code(), why + " " + next, result(slots));
        }
        return slots.isEmpty()
                ? reply(InvocationOutcome.TAKEN, result(slots), "appointment.taken.none", requested)
                : reply(InvocationOutcome.TAKEN, result(slots), "appointment.taken", requested, choice(slots));
    }

    private static String key(Violation violation) {
        return switch (violation) {
            case PAST -> "appointment.past";
            case TOO_SOON -> "appointment.short";
            case TOO_FAR -> "appointment.far";
            case CLOSED -> "appointment.closed";
        };
    }

    FunctionAnswer freeSlots(JsonNode answer) {
        List<Slot> slots = slots(answer);
        return slots.isEmpty()
                ? reply(InvocationOutcome.DONE, result(slots), "slots.none")
                : reply(InvocationOutcome.DONE, result(slots), "slots.found", choice(slots), slots.size());
    }

    private static List<Slot> slots(JsonNode answer) {
        return Json.read(answer, Slots.class).slots();
    }

    private String choice(List<Slot> slots) {
        return times.sayChoice(
                slots.stream().limit(MAX_SPOKEN_SLOTS).map(Slot::start).toList(), now);
    }

    private ObjectNode result(List<Slot> slots) {
        var result = Json.object();
        var items = result.putArray("slots");
        slots.stream()
                .limit(MAX_SLOTS)
                .map(Slot::start)
                .forEach(start -> items.addObject()
                        .put(
                                "start",
                                start.atZoneSameInstant(zone).toOffsetDateTime().toString())
                        .put("spoken", times.say(start, now)));
        return result;
    }
}
