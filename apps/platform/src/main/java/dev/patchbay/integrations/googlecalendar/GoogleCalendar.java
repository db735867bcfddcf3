package dev.patchbay.integrations.googlecalendar;

import static dev.patchbay.integrations.googlecalendar.GoogleApi.ANSWERS;

import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.flows.spi.Act;
import dev.patchbay.flows.spi.Answer;
import dev.patchbay.flows.spi.CalendarPort;
import dev.patchbay.flows.spi.LookUp;
import dev.patchbay.flows.spi.Reason;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Keeps appointments in the Google calendar that the client's binding names. */
@Component
class GoogleCalendar implements CalendarPort {

    private final GoogleApi google;
    private final Clock clock;

    GoogleCalendar(OutgoingHttp http, Clock clock) {
        this.google = new GoogleApi(http);
        this.clock = clock;
    }

    @Override
    public String provider() {
        return "google";
    }

    @Override
    public Answer<Slots> findSlots(Act act, SlotSearch search) {
        try {
            Openings openings = Openings.of(act.binding());
            SlotSearch ahead = new SlotSearch(later(search.from()), search.to(), search.minutes());
            if (!ahead.from().isBefore(ahead.to())) {
                return new Answer.Done<>(new Slots(List.of()), GoogleApi.calendar(act));
            }
            return busy(act, ahead)
                    .then(busy -> new Answer.Done<>(
                            new Slots(openings.free(ahead, act.zone(), busy)), GoogleApi.calendar(act)));
        } catch (DateTimeException | IllegalArgumentException unreadable) {
            return refused("The binding's hours cannot be read: " + unreadable.getMessage());
        }
    }

    @Override
    public Answer<Booking> book(Act act, BookingRequest request) {
        String when = GoogleEvent.spoken(request.start(), act.zone());
        if (request.start().toInstant().isBefore(clock.instant())) {
            return unlessBooked(act, Reason.NO_SLOT, when + " is in the past.");
        }
        Slot wanted = new Slot(request.start(), request.start().plusMinutes(request.minutes()));
        return busy(act, new SlotSearch(wanted.start(), wanted.end(), request.minutes()))
                .then(busy -> busy.stream().anyMatch(it -> Openings.overlap(it, wanted))
                        ? unlessBooked(act, Reason.NO_SLOT, when + " is taken.")
                        : insert(act, request));
    }

    @Override
    public LookUp<Booking> findBooking(Act act, BookingRequest request) {
        HttpOutcome outcome = google.get(act, GoogleEvent.id(act));
        if (GoogleApi.has(outcome, 404, 410)) {
            return new LookUp.Absent<>();
        }
        return ANSWERS.lookUp(
                outcome,
                "to show the booking",
                event -> GoogleEvent.isCancelled(event)
                        ? Optional.of(new LookUp.Impossible<>(
                                "The booking was made, and cancelled in Google Calendar since."))
                        : GoogleEvent.read(act, event).map(it -> new LookUp.Found<>(it, List.of(it.id()))));
    }

    @Override
    public Answer<Cancellation> cancel(Act act, BookingId booking) {
        HttpOutcome outcome = google.delete(act, booking.id());
        Answer.Done<Cancellation> done = new Answer.Done<>(new Cancellation(booking.id(), true), booking.id());
        return GoogleApi.has(outcome, 404, 410)
                ? done
                : ANSWERS.act(outcome, "to cancel the booking", nothing -> Optional.of(done));
    }

    @Override
    public LookUp<Cancellation> findCancellation(Act act, BookingId booking) {
        HttpOutcome outcome = google.get(act, booking.id());
        LookUp.Found<Cancellation> cancelled =
                new LookUp.Found<>(new Cancellation(booking.id(), true), List.of(booking.id()));
        return GoogleApi.has(outcome, 404, 410)
                ? cancelled
                : ANSWERS.lookUp(
                        outcome,
                        "to show the booking",
                        event -> Optional.of(GoogleEvent.isCancelled(event) ? cancelled : new LookUp.Absent<>()));
    }

    private Answer<Booking> insert(Act act, BookingRequest request) {
        HttpOutcome outcome = google.insert(act, GoogleEvent.write(act, request));
        return GoogleApi.has(outcome, 409)
                ? unlessBooked(act, Reason.BAD_INPUT, "The booking was made before and cancelled in Google Calendar.")
                : ANSWERS.act(
                        outcome,
                        "the booking",
                        event -> GoogleEvent.read(act, event).map(GoogleCalendar::done));
    }

    /** A time may be taken by the very booking we are about to make: an earlier attempt's, whose answer was lost. */
    private Answer<Booking> unlessBooked(Act act, Reason reason, String sentence) {
        HttpOutcome outcome = google.get(act, GoogleEvent.id(act));
        Answer<Booking> refused = new Answer.Refused<>(reason, sentence);
        return GoogleApi.has(outcome, 404, 410)
                ? refused
                : ANSWERS.read(
                        outcome,
                        "to show the booking",
                        event -> isStanding(act, event)
                                ? GoogleEvent.read(act, event).map(GoogleCalendar::done)
                                : Optional.of(refused));
    }

    private static boolean isStanding(Act act, JsonNode event) {
        return GoogleEvent.isOurs(act, event) && !GoogleEvent.isCancelled(event);
    }

    private static Answer<Booking> done(Booking booking) {
        return new Answer.Done<>(booking, booking.id());
    }

    private static <T> Answer<T> refused(String sentence) {
        return new Answer.Refused<>(Reason.BAD_INPUT, sentence);
    }

    private OffsetDateTime later(OffsetDateTime from) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        return from.isBefore(now) ? now : from;
    }

    private Answer<List<Slot>> busy(Act act, SlotSearch search) {
        return ANSWERS.read(google.freeBusy(act, search), "to show free times", body -> {
            JsonNode calendar = body.path("calendars").path(GoogleApi.calendar(act));
            return calendar.path("errors").isEmpty()
                    ? Optional.of(calendar.path("busy"))
                            .filter(JsonNode::isArray)
                            .map(GoogleCalendar::slots)
                    : Optional.of(refused("Google Calendar does not show the calendar " + GoogleApi.calendar(act)
                            + " to this connection."));
        });
    }

    private static Answer<List<Slot>> slots(JsonNode busy) {
        return new Answer.Done<>(
                busy.valueStream()
                        .map(it -> new Slot(time(it, "start"), time(it, "end")))
                        .toList(),
                "");
    }

    private static OffsetDateTime time(JsonNode busy, String name) {
        return OffsetDateTime.parse(busy.path(name).asString(""));
    }
}
