package dev.patchbay.integrations.googlecalendar;

import static dev.patchbay.integrations.googlecalendar.GoogleApi.RESPONSES;

import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.effects.spi.CalendarPort.Booking;
import dev.patchbay.effects.spi.CalendarPort.MoveRequest;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Inserts bookings and holds as events, confirms holds and moves appointments. An event's id is derived from the effect's key, so
 * a repeated insert finds the event of the first one.
 */
record GoogleEventWriter(GoogleApi google) {

    /** Reads a booking or a hold from an event; empty when the event lacks a required member. */
    interface EventReader<T> extends Function<JsonNode, Optional<T>> {}

    /** Inserts the event, unless an earlier attempt whose response was lost did. */
    <T> PortResult<T> insert(CallContext callContext, ObjectNode event, EventReader<T> reader) {
        HttpOutcome outcome = google.insert(callContext, event);
        return GoogleApi.hasStatus(outcome, 409)
                ? readOwn(callContext, reader)
                : RESPONSES.effectResult(outcome, "the booking", created -> succeed(created, reader));
    }

    private <T> PortResult<T> readOwn(CallContext callContext, EventReader<T> reader) {
        PortResult<T> cancelled = new PortResult.Rejected<>(
                FailureReason.UNKNOWN_OUTCOME, "The booking was made before and cancelled in Google Calendar since.");
        HttpOutcome outcome = google.get(callContext, GoogleEvent.id(callContext));
        return GoogleApi.hasStatus(outcome, 404, 410)
                ? cancelled
                : RESPONSES.readResult(
                        outcome,
                        "to show the booking",
                        event -> isOwnAndActive(callContext, event) ? succeed(event, reader) : Optional.of(cancelled));
    }

    <T> LookupResult<T> find(CallContext callContext, EventReader<T> reader) {
        HttpOutcome outcome = google.get(callContext, GoogleEvent.id(callContext));
        return GoogleApi.hasStatus(outcome, 404, 410)
                ? new LookupResult.Absent<>()
                : RESPONSES.lookupResult(outcome, "to show the booking", event -> foundUnlessCancelled(event, reader));
    }

    /**
     * Turns a hold into the event, whatever its time was; inserts the event without it when the hold is gone.
     *
     * @param event as it would be inserted
     */
    <T> PortResult<T> replaceHold(CallContext callContext, String hold, ObjectNode event, EventReader<T> reader) {
        HttpOutcome outcome = google.get(callContext, hold);
        if (GoogleApi.hasStatus(outcome, 404, 410)) {
            return insert(callContext, event, reader);
        }
        PortResult<JsonNode> held = RESPONSES.readResult(
                outcome, "to show the hold", it -> Optional.of(new PortResult.Succeeded<>(it, hold)));
        return held.then(it -> {
            if (isOwnAndActive(callContext, it)) {
                return RESPONSES.readResult(outcome, "to show the booking", booked -> succeed(booked, reader));
            }
            return GoogleEvent.isHold(it)
                    ? RESPONSES.effectResult(
                            google.patch(callContext, hold, GoogleEvent.changesTo(event)),
                            "the booking",
                            changed -> succeed(changed, reader))
                    : insert(callContext, event, reader);
        });
    }

    /** Looks for the event in the hold that it may have replaced, and then as an event of its own. */
    <T> LookupResult<T> findReplaced(CallContext callContext, String hold, EventReader<T> reader) {
        HttpOutcome outcome = google.get(callContext, hold);
        LookupResult<T> replaced = GoogleApi.hasStatus(outcome, 404, 410)
                ? new LookupResult.Absent<>()
                : RESPONSES.lookupResult(
                        outcome,
                        "to show the hold",
                        event -> GoogleEvent.isOurs(callContext, event)
                                ? foundUnlessCancelled(event, reader)
                                : Optional.of(new LookupResult.Absent<>()));
        return replaced instanceof LookupResult.Absent<T> ? find(callContext, reader) : replaced;
    }

    /** Moves the event; a repeat changes nothing. */
    PortResult<Booking> move(CallContext callContext, MoveRequest request) {
        PortResult<Booking> gone = new PortResult.Rejected<>(
                FailureReason.BAD_INPUT, "The appointment to move is not in the calendar any more.");
        HttpOutcome outcome = google.get(callContext, request.id());
        if (GoogleApi.hasStatus(outcome, 404, 410)) {
            return gone;
        }
        PortResult<JsonNode> standing = RESPONSES.readResult(
                outcome, "to show the appointment", it -> Optional.of(new PortResult.Succeeded<>(it, request.id())));
        return standing.then(event -> GoogleEvent.isCancelled(event)
                ? gone
                : RESPONSES.effectResult(
                        google.patch(callContext, request.id(), GoogleEvent.movePatch(callContext, request)),
                        "to move the appointment",
                        moved -> succeed(moved, it -> GoogleEvent.readBooking(callContext, it))));
    }

    LookupResult<Booking> findMove(CallContext callContext, MoveRequest request) {
        HttpOutcome outcome = google.get(callContext, request.id());
        return GoogleApi.hasStatus(outcome, 404, 410)
                ? new LookupResult.Absent<>()
                : RESPONSES.lookupResult(
                        outcome,
                        "to show the appointment",
                        event -> GoogleEvent.isOurs(callContext, event)
                                ? foundUnlessCancelled(event, it -> GoogleEvent.readBooking(callContext, it))
                                : Optional.of(new LookupResult.Absent<>()));
    }

    private static <T> Optional<LookupResult<T>> foundUnlessCancelled(JsonNode event, EventReader<T> reader) {
        return GoogleEvent.isCancelled(event)
                ? Optional.of(
                        new LookupResult.Impossible<>("The booking was made, and cancelled in Google Calendar since."))
                : reader.apply(event).map(it -> new LookupResult.Found<>(it, List.of(id(event))));
    }

    private static boolean isOwnAndActive(CallContext callContext, JsonNode event) {
        return GoogleEvent.isOurs(callContext, event) && !GoogleEvent.isCancelled(event);
    }

    private static <T> Optional<PortResult<T>> succeed(JsonNode event, EventReader<T> reader) {
        return reader.apply(event).map(it -> new PortResult.Succeeded<>(it, id(event)));
    }

    private static String id(JsonNode event) {
        return event.path("id").asString("");
    }
}
