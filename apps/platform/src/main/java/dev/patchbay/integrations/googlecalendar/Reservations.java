package dev.patchbay.integrations.googlecalendar;

import static dev.patchbay.integrations.googlecalendar.GoogleApi.ANSWERS;

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

/** Puts bookings and holds into free times, each as one event under an id of ours. */
record Reservations(GoogleApi google, Clock clock) {

    /** What an event says of a booking or a hold; empty when what we rely on is not in it. */
    interface Reading<T> extends Function<JsonNode, Optional<T>> {}

    <T> PortResult<T> reserve(
            CallContext callContext, OffsetDateTime start, int minutes, ObjectNode event, Reading<T> reading) {
        String when = "In Google Calendar (%s), %s"
                .formatted(callContext.zone(), GoogleEvent.spoken(start, callContext.zone()));
        if (start.toInstant().isBefore(clock.instant())) {
            return unlessReserved(
                    callContext,
                    FailureReason.NO_SLOT,
                    when + " is in the past: the flow asked for "
                            + start.atZoneSameInstant(callContext.zone()).toOffsetDateTime() + ".",
                    reading);
        }
        Slot wanted = new Slot(start, start.plusMinutes(minutes));
        return google.busy(callContext, wanted.start(), wanted.end())
                .then(busy -> busy.stream().anyMatch(it -> Openings.overlap(it, wanted))
                        ? unlessReserved(callContext, FailureReason.NO_SLOT, when + " is taken.", reading)
                        : insert(callContext, event, reading));
    }

    <T> LookupResult<T> find(CallContext callContext, Reading<T> reading) {
        HttpOutcome outcome = google.get(callContext, GoogleEvent.id(callContext));
        return GoogleApi.has(outcome, 404, 410)
                ? new LookupResult.Absent<>()
                : ANSWERS.lookupResult(outcome, "to show the booking", event -> standing(event, reading));
    }

    /** Makes the hold the booking; where it does not stand on that time, the booking is made without it. */
    PortResult<Booking> confirm(
            CallContext callContext, BookingRequest request, String hold, Supplier<PortResult<Booking>> without) {
        Reading<Booking> reading = event -> GoogleEvent.read(callContext, event);
        HttpOutcome seen = google.get(callContext, hold);
        if (GoogleApi.has(seen, 404, 410)) {
            return without.get();
        }
        PortResult<JsonNode> held = ANSWERS.readResult(
                seen, "to show the hold", event -> Optional.of(new PortResult.Succeeded<>(event, hold)));
        return held.then(event -> {
            if (isStanding(callContext, event)) {
                return ANSWERS.readResult(seen, "to show the booking", booked -> done(booked, reading));
            }
            return GoogleEvent.holds(callContext, event, request)
                    ? ANSWERS.effectResult(
                            google.patch(callContext, hold, GoogleEvent.confirm(callContext, request)),
                            "the booking",
                            made -> done(made, reading))
                    : without.get();
        });
    }

    /** Whether the hold became the booking, or the booking was made without it. */
    LookupResult<Booking> findConfirmed(CallContext callContext, String hold) {
        Reading<Booking> reading = event -> GoogleEvent.read(callContext, event);
        HttpOutcome seen = google.get(callContext, hold);
        LookupResult<Booking> confirmed = GoogleApi.has(seen, 404, 410)
                ? new LookupResult.Absent<>()
                : ANSWERS.lookupResult(
                        seen,
                        "to show the hold",
                        event -> GoogleEvent.isOurs(callContext, event)
                                ? standing(event, reading)
                                : Optional.of(new LookupResult.Absent<>()));
        return confirmed instanceof LookupResult.Absent<Booking> ? find(callContext, reading) : confirmed;
    }

    private static <T> Optional<LookupResult<T>> standing(JsonNode event, Reading<T> reading) {
        return GoogleEvent.isCancelled(event)
                ? Optional.of(
                        new LookupResult.Impossible<>("The booking was made, and cancelled in Google Calendar since."))
                : reading.apply(event).map(it -> new LookupResult.Found<>(it, List.of(id(event))));
    }

    private <T> PortResult<T> insert(CallContext callContext, ObjectNode event, Reading<T> reading) {
        HttpOutcome outcome = google.insert(callContext, event);
        return GoogleApi.has(outcome, 409)
                ? unlessReserved(
                        callContext,
                        FailureReason.UNKNOWN_OUTCOME,
                        "The booking was made before and cancelled in Google Calendar since.",
                        reading)
                : ANSWERS.effectResult(outcome, "the booking", made -> done(made, reading));
    }

    /** A time may be taken by the very event we are about to make: an earlier attempt's, whose answer was lost. */
    private <T> PortResult<T> unlessReserved(
            CallContext callContext, FailureReason failureReason, String sentence, Reading<T> reading) {
        HttpOutcome outcome = google.get(callContext, GoogleEvent.id(callContext));
        PortResult<T> refused = new PortResult.Rejected<>(failureReason, sentence);
        return GoogleApi.has(outcome, 404, 410)
                ? refused
                : ANSWERS.readResult(
                        outcome,
                        "to show the booking",
                        event -> isStanding(callContext, event) ? done(event, reading) : Optional.of(refused));
    }

    private static boolean isStanding(CallContext callContext, JsonNode event) {
        return GoogleEvent.isOurs(callContext, event) && !GoogleEvent.isCancelled(event);
    }

    private static <T> Optional<PortResult<T>> done(JsonNode event, Reading<T> reading) {
        return reading.apply(event).map(it -> new PortResult.Succeeded<>(it, id(event)));
    }

    private static String id(JsonNode event) {
        return event.path("id").asString("");
    }
}
