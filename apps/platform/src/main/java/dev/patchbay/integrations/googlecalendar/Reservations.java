package dev.patchbay.integrations.googlecalendar;

import static dev.patchbay.integrations.googlecalendar.GoogleApi.ANSWERS;

import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.flows.spi.Act;
import dev.patchbay.flows.spi.Answer;
import dev.patchbay.flows.spi.CalendarPort.Booking;
import dev.patchbay.flows.spi.CalendarPort.BookingRequest;
import dev.patchbay.flows.spi.CalendarPort.Slot;
import dev.patchbay.flows.spi.LookUp;
import dev.patchbay.flows.spi.Reason;
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

    <T> Answer<T> reserve(Act act, OffsetDateTime start, int minutes, ObjectNode event, Reading<T> reading) {
        String when = "In Google Calendar (%s), %s".formatted(act.zone(), GoogleEvent.spoken(start, act.zone()));
        if (start.toInstant().isBefore(clock.instant())) {
            return unlessReserved(
                    act,
                    Reason.NO_SLOT,
                    when + " is in the past: the flow asked for "
                            + start.atZoneSameInstant(act.zone()).toOffsetDateTime() + ".",
                    reading);
        }
        Slot wanted = new Slot(start, start.plusMinutes(minutes));
        return google.busy(act, wanted.start(), wanted.end())
                .then(busy -> busy.stream().anyMatch(it -> Openings.overlap(it, wanted))
                        ? unlessReserved(act, Reason.NO_SLOT, when + " is taken.", reading)
                        : insert(act, event, reading));
    }

    <T> LookUp<T> find(Act act, Reading<T> reading) {
        HttpOutcome outcome = google.get(act, GoogleEvent.id(act));
        return GoogleApi.has(outcome, 404, 410)
                ? new LookUp.Absent<>()
                : ANSWERS.lookUp(outcome, "to show the booking", event -> standing(event, reading));
    }

    /** Makes the hold the booking; where it does not stand on that time, the booking is made without it. */
    Answer<Booking> confirm(Act act, BookingRequest request, String hold, Supplier<Answer<Booking>> without) {
        Reading<Booking> reading = event -> GoogleEvent.read(act, event);
        HttpOutcome seen = google.get(act, hold);
        if (GoogleApi.has(seen, 404, 410)) {
            return without.get();
        }
        Answer<JsonNode> held =
                ANSWERS.read(seen, "to show the hold", event -> Optional.of(new Answer.Done<>(event, hold)));
        return held.then(event -> {
            if (isStanding(act, event)) {
                return ANSWERS.read(seen, "to show the booking", booked -> done(booked, reading));
            }
            return GoogleEvent.holds(act, event, request)
                    ? ANSWERS.act(
                            google.patch(act, hold, GoogleEvent.confirm(act, request)),
                            "the booking",
                            made -> done(made, reading))
                    : without.get();
        });
    }

    /** Whether the hold became the booking, or the booking was made without it. */
    LookUp<Booking> findConfirmed(Act act, String hold) {
        Reading<Booking> reading = event -> GoogleEvent.read(act, event);
        HttpOutcome seen = google.get(act, hold);
        LookUp<Booking> confirmed = GoogleApi.has(seen, 404, 410)
                ? new LookUp.Absent<>()
                : ANSWERS.lookUp(
                        seen,
                        "to show the hold",
                        event -> GoogleEvent.isOurs(act, event)
                                ? standing(event, reading)
                                : Optional.of(new LookUp.Absent<>()));
        return confirmed instanceof LookUp.Absent<Booking> ? find(act, reading) : confirmed;
    }

    private static <T> Optional<LookUp<T>> standing(JsonNode event, Reading<T> reading) {
        return GoogleEvent.isCancelled(event)
                ? Optional.of(new LookUp.Impossible<>("The booking was made, and cancelled in Google Calendar since."))
                : reading.apply(event).map(it -> new LookUp.Found<>(it, List.of(id(event))));
    }

    private <T> Answer<T> insert(Act act, ObjectNode event, Reading<T> reading) {
        HttpOutcome outcome = google.insert(act, event);
        return GoogleApi.has(outcome, 409)
                ? unlessReserved(
                        act,
                        Reason.UNKNOWN_OUTCOME,
                        "The booking was made before and cancelled in Google Calendar since.",
                        reading)
                : ANSWERS.act(outcome, "the booking", made -> done(made, reading));
    }

    /** A time may be taken by the very event we are about to make: an earlier attempt's, whose answer was lost. */
    private <T> Answer<T> unlessReserved(Act act, Reason reason, String sentence, Reading<T> reading) {
        HttpOutcome outcome = google.get(act, GoogleEvent.id(act));
        Answer<T> refused = new Answer.Refused<>(reason, sentence);
        return GoogleApi.has(outcome, 404, 410)
                ? refused
                : ANSWERS.read(
                        outcome,
                        "to show the booking",
                        event -> isStanding(act, event) ? done(event, reading) : Optional.of(refused));
    }

    private static boolean isStanding(Act act, JsonNode event) {
        return GoogleEvent.isOurs(act, event) && !GoogleEvent.isCancelled(event);
    }

    private static <T> Optional<Answer<T>> done(JsonNode event, Reading<T> reading) {
        return reading.apply(event).map(it -> new Answer.Done<>(it, id(event)));
    }

    private static String id(JsonNode event) {
        return event.path("id").asString("");
    }
}
