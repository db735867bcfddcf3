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

/** Puts bookings and holds into free times, each as one event under an id of ours. */
record GoogleEventWriter(GoogleApi google, Clock clock) {

    /** What an event says of a booking or a hold; empty when what we rely on is not in it. */
    interface EventReader<T> extends Function<JsonNode, Optional<T>> {}

    <T> PortResult<T> insertIfFree(
            CallContext callContext, OffsetDateTime start, int minutes, ObjectNode event, EventReader<T> eventReader) {
        String when = "In Google Calendar (%s), %s"
                .formatted(callContext.zone(), GoogleEvent.formatForPeople(start, callContext.zone()));
        if (start.toInstant().isBefore(clock.instant())) {
            return readOwnOrReject(
                    callContext,
                    FailureReason.NO_SLOT,
                    when + " is in the past: the flow asked for "
                            + start.atZoneSameInstant(callContext.zone()).toOffsetDateTime() + ".",
                    eventReader);
        }
        Slot wanted = new Slot(start, start.plusMinutes(minutes));
        return google.queryBusy(callContext, wanted.start(), wanted.end())
                .then(busy -> busy.stream().anyMatch(it -> OpeningHours.overlap(it, wanted))
                        ? readOwnOrReject(callContext, FailureReason.NO_SLOT, when + " is taken.", eventReader)
                        : insert(callContext, event, eventReader));
    }

    <T> LookupResult<T> find(CallContext callContext, EventReader<T> eventReader) {
        HttpOutcome outcome = google.get(callContext, GoogleEvent.id(callContext));
        return GoogleApi.hasStatus(outcome, 404, 410)
                ? new LookupResult.Absent<>()
                : RESPONSES.lookUp(outcome, "to show the booking", event -> foundUnlessCancelled(event, eventReader));
    }

    /** Makes the hold the booking; where it does not stand on that time, the booking is made without it. */
    PortResult<Booking> confirmHold(
            CallContext callContext, BookingRequest request, String hold, Supplier<PortResult<Booking>> without) {
        EventReader<Booking> eventReader = event -> GoogleEvent.readBooking(callContext, event);
        HttpOutcome seen = google.get(callContext, hold);
        if (GoogleApi.hasStatus(seen, 404, 410)) {
            return without.get();
        }
        PortResult<JsonNode> held =
                RESPONSES.read(seen, "to show the hold", event -> Optional.of(new PortResult.Succeeded<>(event, hold)));
        return held.then(event -> {
            if (isOwnAndActive(callContext, event)) {
                return RESPONSES.read(seen, "to show the booking", booked -> succeed(booked, eventReader));
            }
            return GoogleEvent.isHoldFor(callContext, event, request)
                    ? RESPONSES.act(
                            google.patch(callContext, hold, GoogleEvent.confirmationPatch(callContext, request)),
                            "the booking",
                            made -> succeed(made, eventReader))
                    : without.get();
        });
    }

    /** Whether the hold became the booking, or the booking was made without it. */
    LookupResult<Booking> findConfirmed(CallContext callContext, String hold) {
        EventReader<Booking> eventReader = event -> GoogleEvent.readBooking(callContext, event);
        HttpOutcome seen = google.get(callContext, hold);
        LookupResult<Booking> confirmed = GoogleApi.hasStatus(seen, 404, 410)
                ? new LookupResult.Absent<>()
                : RESPONSES.lookUp(
                        seen,
                        "to show the hold",
                        event -> GoogleEvent.isOurs(callContext, event)
                                ? foundUnlessCancelled(event, eventReader)
                                : Optional.of(new LookupResult.Absent<>()));
        return confirmed instanceof LookupResult.Absent<Booking> ? find(callContext, eventReader) : confirmed;
    }

    private static <T> Optional<LookupResult<T>> foundUnlessCancelled(JsonNode event, EventReader<T> eventReader) {
        return GoogleEvent.isCancelled(event)
                ? Optional.of(
                        new LookupResult.Impossible<>("The booking was made, and cancelled in Google Calendar since."))
                : eventReader.apply(event).map(it -> new LookupResult.Found<>(it, List.of(id(event))));
    }

    private <T> PortResult<T> insert(CallContext callContext, ObjectNode event, EventReader<T> eventReader) {
        HttpOutcome outcome = google.insert(callContext, event);
        return GoogleApi.hasStatus(outcome, 409)
                ? readOwnOrReject(
                        callContext,
                        FailureReason.UNKNOWN_OUTCOME,
                        "The booking was made before and cancelled in Google Calendar since.",
                        eventReader)
                : RESPONSES.act(outcome, "the booking", made -> succeed(made, eventReader));
    }

    /** A time may be taken by the very event we are about to make: an earlier attempt's, whose answer was lost. */
    private <T> PortResult<T> readOwnOrReject(
            CallContext callContext, FailureReason failureReason, String sentence, EventReader<T> eventReader) {
        HttpOutcome outcome = google.get(callContext, GoogleEvent.id(callContext));
        PortResult<T> refused = new PortResult.Rejected<>(failureReason, sentence);
        return GoogleApi.hasStatus(outcome, 404, 410)
                ? refused
                : RESPONSES.read(
                        outcome,
                        "to show the booking",
                        event -> isOwnAndActive(callContext, event)
                                ? succeed(event, eventReader)
                                : Optional.of(refused));
    }

    private static boolean isOwnAndActive(CallContext callContext, JsonNode event) {
        return GoogleEvent.isOurs(callContext, event) && !GoogleEvent.isCancelled(event);
    }

    private static <T> Optional<PortResult<T>> succeed(JsonNode event, EventReader<T> eventReader) {
        return eventReader.apply(event).map(it -> new PortResult.Succeeded<>(it, id(event)));
    }

    private static String id(JsonNode event) {
        return event.path("id").asString("");
    }
}
