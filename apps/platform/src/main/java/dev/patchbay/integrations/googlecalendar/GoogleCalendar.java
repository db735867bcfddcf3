package dev.patchbay.integrations.googlecalendar;

import static dev.patchbay.integrations.googlecalendar.GoogleApi.RESPONSES;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.effects.spi.CalendarPort;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.Idempotency;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.effects.spi.Quota;
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

/** Books, holds and cancels appointments in the Google calendar that the client's binding names (Calendar API v3). */
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

    /** Upper bound of the requests that one call sends: the free/busy query, the event, and a read of an existing event. */
    private static final Map<String, Integer> MAX_REQUESTS = Map.of("calendar.book", 3, "calendar.hold", 3);

    private final GoogleApi google;
    private final GoogleEventWriter writer;
    private final Clock clock;

    GoogleCalendar(OutgoingHttp http, Clock clock) {
        this.google = new GoogleApi(http);
        this.writer = new GoogleEventWriter(google, clock);
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

    /** The requests that Google allows per user and project (Calendar API, "Manage quotas"), unless the connection's setting differs. */
    @Override
    public List<Quota> quotas(String function, Account account, JsonNode binding) {
        int perMinute = account.settings().path("requestsPerMinute").asInt(600);
        return List.of(new Quota("minute", perMinute, Duration.ofMinutes(1), MAX_REQUESTS.getOrDefault(function, 1)));
    }

    @Override
    public PortResult<Slots> findSlots(CallContext callContext, SlotSearch search) {
        try {
            OpeningHours hours = OpeningHours.parse(callContext.binding());
            SlotSearch upcoming = new SlotSearch(notBeforeNow(search.from()), search.to(), search.minutes());
            if (!upcoming.from().isBefore(upcoming.to())) {
                return new PortResult.Succeeded<>(new Slots(List.of()), GoogleApi.calendarId(callContext));
            }
            return google.queryBusy(callContext, upcoming.from(), upcoming.to())
                    .then(busy -> new PortResult.Succeeded<>(
                            new Slots(hours.findFreeSlots(upcoming, callContext.zone(), busy)),
                            GoogleApi.calendarId(callContext)));
        } catch (DateTimeException | IllegalArgumentException unreadable) {
            return rejectBadInput("The binding's hours cannot be read: " + unreadable.getMessage());
        }
    }

    @Override
    public PortResult<Booking> book(CallContext callContext, BookingRequest request) {
        String hold = request.hold();
        return hold == null
                ? bookWithoutHold(callContext, request)
                : writer.confirmHold(callContext, request, hold, () -> bookWithoutHold(callContext, request));
    }

    private PortResult<Booking> bookWithoutHold(CallContext callContext, BookingRequest request) {
        return writer.insertIfFree(
                callContext,
                request.start(),
                request.minutes(),
                GoogleEvent.bookingEvent(callContext, request),
                event -> GoogleEvent.readBooking(callContext, event));
    }

    @Override
    public LookupResult<Booking> findBooking(CallContext callContext, BookingRequest request) {
        String hold = request.hold();
        return hold == null
                ? writer.find(callContext, event -> GoogleEvent.readBooking(callContext, event))
                : writer.findConfirmed(callContext, hold);
    }

    @Override
    public PortResult<Hold> hold(CallContext callContext, HoldRequest request) {
        return writer.insertIfFree(
                callContext,
                request.start(),
                request.minutes(),
                GoogleEvent.holdEvent(callContext, request),
                event -> GoogleEvent.readHold(callContext, event));
    }

    @Override
    public LookupResult<Hold> findHold(CallContext callContext, HoldRequest request) {
        return writer.find(callContext, event -> GoogleEvent.readHold(callContext, event));
    }

    @Override
    public PortResult<Cancellation> cancel(CallContext callContext, BookingId booking) {
        HttpOutcome outcome = google.delete(callContext, booking.id());
        PortResult.Succeeded<Cancellation> cancelled =
                new PortResult.Succeeded<>(new Cancellation(booking.id(), true), booking.id());
        return GoogleApi.hasStatus(outcome, 404, 410)
                ? cancelled
                : RESPONSES.effectResult(outcome, "to cancel the booking", ignored -> Optional.of(cancelled));
    }

    @Override
    public LookupResult<Cancellation> findCancellation(CallContext callContext, BookingId booking) {
        HttpOutcome outcome = google.get(callContext, booking.id());
        LookupResult.Found<Cancellation> cancelled =
                new LookupResult.Found<>(new Cancellation(booking.id(), true), List.of(booking.id()));
        return GoogleApi.hasStatus(outcome, 404, 410)
                ? cancelled
                : RESPONSES.lookupResult(
                        outcome,
                        "to show the booking",
                        event -> Optional.of(GoogleEvent.isCancelled(event) ? cancelled : new LookupResult.Absent<>()));
    }

    private static <T> PortResult<T> rejectBadInput(String sentence) {
        return new PortResult.Rejected<>(FailureReason.BAD_INPUT, sentence);
    }

    private OffsetDateTime notBeforeNow(OffsetDateTime from) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        return from.isBefore(now) ? now : from;
    }
}
