package dev.patchbay.integrations.googlecalendar;

import static dev.patchbay.integrations.googlecalendar.GoogleApi.RESPONSES;

import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.effects.spi.CalendarPort.Booking;
import dev.patchbay.effects.spi.CalendarPort.BookingRequest;
import dev.patchbay.effects.spi.CalendarPort.Slot;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Inserts bookings and holds as events into free times, and confirms holds. An event's id is derived from the effect's key, so a
 * repeated insert finds the event of the first one.
 */
record GoogleEventWriter(GoogleApi google, Clock clock) {

    /** Reads a booking or a hold from an event; empty when the event lacks a required member. */
    interface EventReader<T> extends Function<JsonNode, Optional<T>> {}

    <T> PortResult<T> insertIfFree(
            CallContext callContext, OffsetDateTime start, int minutes, ObjectNode event, EventReader<T> reader) {
        String place = "In Google Calendar (%s), %s"
                .formatted(callContext.zone(), GoogleEvent.formatForOperators(callContext, start));
        if (start.toInstant().isBefore(clock.instant())) {
            return readOwnOrReject(
                    callContext,
                    FailureReason.NO_SLOT,
                    place + " is in the past: the flow asked for "
                            + start.atZoneSameInstant(callContext.zone()).toOffsetDateTime() + ".",
                    reader);
        }
        Slot slot = new Slot(start, start.plusMinutes(minutes));
        return google.queryBusy(callContext, slot.start(), slot.end())
                .then(busy -> busy.stream().anyMatch(it -> OpeningHours.overlap(it, slot))
                        ? readOwnOrReject(callContext, FailureReason.NO_SLOT, place + " is taken.", reader)
                        : insert(callContext, event, reader));
    }

    <T> LookupResult<T> find(CallContext callContext, EventReader<T> reader) {
        HttpOutcome outcome = google.get(callContext, GoogleEvent.id(callContext));
        return GoogleApi.hasStatus(outcome, 404, 410)
                ? new LookupResult.Absent<>()
                : RESPONSES.lookupResult(outcome, "to show the booking", event -> foundUnlessCancelled(event, reader));
    }

    /** Confirms the hold as the booking; books without it when the hold is gone or for another time. */
    PortResult<Booking> confirmHold(
            CallContext callContext, BookingRequest request, String hold, Supplier<PortResult<Booking>> without) {
        EventReader<Booking> reader = event -> GoogleEvent.readBooking(callContext, event);
        HttpOutcome outcome = google.get(callContext, hold);
        if (GoogleApi.hasStatus(outcome, 404, 410)) {
            return without.get();
        }
        PortResult<JsonNode> held = RESPONSES.readResult(
                outcome, "to show the hold", event -> Optional.of(new PortResult.Succeeded<>(event, hold)));
        return held.then(event -> {
            if (isOwnAndActive(callContext, event)) {
                return RESPONSES.readResult(outcome, "to show the booking", booked -> succeed(booked, reader));
            }
            return GoogleEvent.isHoldFor(callContext, event, request)
                    ? RESPONSES.effectResult(
                            google.patch(callContext, hold, GoogleEvent.confirmationPatch(callContext, request)),
                            "the booking",
                            created -> succeed(created, reader))
                    : without.get();
        });
    }

    /** Looks the booking up in its hold first, and then as an event of its own. */
    LookupResult<Booking> findConfirmed(CallContext callContext, String hold) {
        EventReader<Booking> reader = event -> GoogleEvent.readBooking(callContext, event);
        HttpOutcome outcome = google.get(callContext, hold);
        LookupResult<Booking> confirmed = GoogleApi.hasStatus(outcome, 404, 410)
                ? new LookupResult.Absent<>()
                : RESPONSES.lookupResult(
                        outcome,
                        "to show the hold",
                        event -> GoogleEvent.isOurs(callContext, event)
                                ? foundUnlessCancelled(event, reader)
                                : Optional.of(new LookupResult.Absent<>()));
        return confirmed instanceof LookupResult.Absent<Booking> ? find(callContext, reader) : confirmed;
    }

    private static <T> Optional<LookupResult<T>> foundUnlessCancelled(JsonNode event, EventReader<T> reader) {
        return GoogleEvent.isCancelled(event)
                ? Optional.of(
                        new LookupResult.Impossible<>("The booking was made, and cancelled in Google Calendar since."))
                : reader.apply(event).map(it -> new LookupResult.Found<>(it, List.of(id(event))));
    }

    private <T> PortResult<T> insert(CallContext callContext, ObjectNode event, EventReader<T> reader) {
        HttpOutcome outcome = google.insert(callContext, event);
        return GoogleApi.hasStatus(outcome, 409)
                ? readOwnOrReject(
                        callContext,
                        FailureReason.UNKNOWN_OUTCOME,
                        "The booking was made before and cancelled in Google Calendar since.",
                        reader)
                : RESPONSES.effectResult(outcome, "the booking", created -> succeed(created, reader));
    }

    /** The time may be busy because of this effect's own event, inserted by an earlier attempt whose response was lost. */
    private <T> PortResult<T> readOwnOrReject(
            CallContext callContext, FailureReason failureReason, String sentence, EventReader<T> reader) {
        HttpOutcome outcome = google.get(callContext, GoogleEvent.id(callContext));
        PortResult<T> rejection = new PortResult.Rejected<>(failureReason, sentence);
        return GoogleApi.hasStatus(outcome, 404, 410)
                ? rejection
                : RESPONSES.readResult(
                        outcome,
                        "to show the booking",
                        event -> isOwnAndActive(callContext, event) ? succeed(event, reader) : Optional.of(rejection));
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
