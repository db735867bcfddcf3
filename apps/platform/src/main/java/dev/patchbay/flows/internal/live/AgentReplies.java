package dev.patchbay.flows.internal.live;

import dev.patchbay.effects.spi.CalendarPort.Hold;
import dev.patchbay.effects.spi.CalendarPort.Slot;
import dev.patchbay.effects.spi.CalendarPort.Slots;
import dev.patchbay.ingress.spi.LiveCalls.FunctionAnswer;
import dev.patchbay.kernel.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What an agent can say, whatever became of what it asked for. Never an error. */
final class AgentReplies {

    /** More than three nobody keeps in mind on the phone; programs get them all, up to ten. */
    private static final int SPOKEN = 3;

    private static final int SHOWN = 10;

    private AgentReplies() {}

    static FunctionAnswer unavailable() {
        return new FunctionAnswer(
                "failed", "I cannot look into the calendar right now. May I take a message instead?", Json.object());
    }

    static FunctionAnswer unclear() {
        return new FunctionAnswer(
                "unclear", "I did not get the time. Which day and what time would suit you?", Json.object());
    }

    /** The act goes on without the caller. */
    static FunctionAnswer pending(OffsetDateTime start, ZoneId zone) {
        return new FunctionAnswer(
                "pending",
                "I have asked for " + SpokenTime.say(start, zone)
                        + ". The calendar takes a moment longer; we will confirm it to you.",
                Json.object());
    }

    static FunctionAnswer slow() {
        return new FunctionAnswer(
                "pending", "The calendar takes a moment longer than usual. Shall I try once more?", Json.object());
    }

    /** A hold that was made, unless its time is up: then it may have been released. */
    static FunctionAnswer held(OffsetDateTime start, ZoneId zone, JsonNode value, Instant now) {
        String when = SpokenTime.say(start, zone);
        return Json.read(value, Hold.class).heldUntil().toInstant().isAfter(now)
                ? new FunctionAnswer("done", "I am holding " + when + " for you.", value)
                : new FunctionAnswer("expired", "I no longer hold " + when + " for you. Shall I book it now?", value);
    }

    static FunctionAnswer booked(OffsetDateTime start, ZoneId zone, JsonNode value) {
        return new FunctionAnswer("done", "You are booked for " + SpokenTime.say(start, zone) + ".", value);
    }

    /** @param free what was found instead; empty when nothing could be found out */
    static FunctionAnswer taken(OffsetDateTime start, ZoneId zone, Optional<JsonNode> free) {
        String sorry = "Unfortunately " + SpokenTime.say(start, zone) + " is not free. ";
        List<Slot> slots = free.map(AgentReplies::slots).orElse(List.of());
        return new FunctionAnswer(
                "taken",
                slots.isEmpty()
                        ? sorry + "Shall I look at another day?"
                        : sorry + "I could offer " + list(slots, zone) + ".",
                result(slots, zone));
    }

    static FunctionAnswer free(JsonNode value, ZoneId zone) {
        List<Slot> slots = slots(value);
        return new FunctionAnswer(
                "done",
                slots.isEmpty()
                        ? "I have nothing free then. Shall I look at other days?"
                        : "I have " + list(slots, zone) + ". What suits you?",
                result(slots, zone));
    }

    private static List<Slot> slots(JsonNode value) {
        return Json.read(value, Slots.class).slots();
    }

    private static String list(List<Slot> slots, ZoneId zone) {
        List<String> said = slots.stream()
                .limit(SPOKEN)
                .map(slot -> SpokenTime.say(slot.start(), zone))
                .toList();
        return said.size() == 1
                ? said.getFirst()
                : String.join(", ", said.subList(0, said.size() - 1)) + " or " + said.getLast();
    }

    private static JsonNode result(List<Slot> slots, ZoneId zone) {
        var result = Json.object();
        var shown = result.putArray("slots");
        slots.stream()
                .limit(SHOWN)
                .forEach(slot -> shown.addObject()
                        .put(
                                "start",
                                slot.start()
                                        .atZoneSameInstant(zone)
                                        .toOffsetDateTime()
                                        .toString())
                        .put("spoken", SpokenTime.say(slot.start(), zone)));
        return result;
    }
}
