package dev.patchbay.integrations.googlecalendar;

import static dev.patchbay.integrations.googlecalendar.GoogleApi.ANSWERS;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.flows.spi.Act;
import dev.patchbay.flows.spi.Answer;
import dev.patchbay.flows.spi.CalendarPort;
import dev.patchbay.flows.spi.Idempotency;
import dev.patchbay.flows.spi.LookUp;
import dev.patchbay.flows.spi.Quota;
import dev.patchbay.flows.spi.Reason;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Keeps appointments in the Google calendar that the client's binding names. */
@Component
class GoogleCalendar implements CalendarPort {

    private static final String OUR_ID =
            "The event's id is made of the effect's key: a repeat meets a 409 and is read back. A cancelled event is not done:"
                    + " a person decides, and doing it again has a new key.";

    private static final Map<String, Idempotency> IDEMPOTENCY = Map.of(
            "calendar.book",
            Idempotency.providerKey(OUR_ID + " A hold is confirmed by changing it; a repeat changes nothing."),
            "calendar.hold",
            Idempotency.providerKey(OUR_ID),
            "calendar.cancel",
            Idempotency.naturalKey(
                    Idempotency.Settle.NONE, "To delete what is deleted answers 410, which counts as done."));

    /** The most requests that one call sends: whether the time is free, the event, and what stands in its place. */
    private static final Map<String, Integer> REQUESTS = Map.of("calendar.book", 3, "calendar.hold", 3);

    private final GoogleApi google;
    private final Reservations reservations;
    private final Clock clock;

    GoogleCalendar(OutgoingHttp http, Clock clock) {
        this.google = new GoogleApi(http);
        this.reservations = new Reservations(google, clock);
        this.clock = clock;
    }

    @Override
    public String provider() {
        return "google";
    }

    @Override
    public Map<String, Idempotency> idempotency() {
        return IDEMPOTENCY;
    }

    /** What Google allows a user of one project ("Manage quotas"); a setting of the connection says otherwise. */
    @Override
    public List<Quota> quotas(String function, Account account, JsonNode binding) {
        int most = account.settings().path("requestsPerMinute").asInt(600);
        return List.of(new Quota("minute", most, Duration.ofMinutes(1), REQUESTS.getOrDefault(function, 1)));
    }

    @Override
    public Answer<Slots> findSlots(Act act, SlotSearch search) {
        try {
            Openings openings = Openings.of(act.binding());
            SlotSearch ahead = new SlotSearch(later(search.from()), search.to(), search.minutes());
            if (!ahead.from().isBefore(ahead.to())) {
                return new Answer.Done<>(new Slots(List.of()), GoogleApi.calendar(act));
            }
            return google.busy(act, ahead.from(), ahead.to())
                    .then(busy -> new Answer.Done<>(
                            new Slots(openings.free(ahead, act.zone(), busy)), GoogleApi.calendar(act)));
        } catch (DateTimeException | IllegalArgumentException unreadable) {
            return refused("The binding's hours cannot be read: " + unreadable.getMessage());
        }
    }

    @Override
    public Answer<Booking> book(Act act, BookingRequest request) {
        String hold = request.hold();
        return hold == null
                ? bookAnew(act, request)
                : reservations.confirm(act, request, hold, () -> bookAnew(act, request));
    }

    private Answer<Booking> bookAnew(Act act, BookingRequest request) {
        return reservations.reserve(
                act,
                request.start(),
                request.minutes(),
                GoogleEvent.write(act, request),
                event -> GoogleEvent.read(act, event));
    }

    @Override
    public LookUp<Booking> findBooking(Act act, BookingRequest request) {
        String hold = request.hold();
        return hold == null
                ? reservations.find(act, event -> GoogleEvent.read(act, event))
                : reservations.findConfirmed(act, hold);
    }

    @Override
    public Answer<Hold> hold(Act act, HoldRequest request) {
        return reservations.reserve(
                act,
                request.start(),
                request.minutes(),
                GoogleEvent.write(act, request),
                event -> GoogleEvent.readHold(act, event));
    }

    @Override
    public LookUp<Hold> findHold(Act act, HoldRequest request) {
        return reservations.find(act, event -> GoogleEvent.readHold(act, event));
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

    private static <T> Answer<T> refused(String sentence) {
        return new Answer.Refused<>(Reason.BAD_INPUT, sentence);
    }

    private OffsetDateTime later(OffsetDateTime from) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        return from.isBefore(now) ? now : from;
    }
}
