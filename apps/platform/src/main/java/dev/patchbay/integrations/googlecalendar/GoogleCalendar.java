package dev.patchbay.integrations.googlecalendar;

import static dev.patchbay.integrations.googlecalendar.GoogleApi.RESPONSES;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.effects.spi.AppointmentText;
import dev.patchbay.effects.spi.CalendarPort;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.Idempotency;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.effects.spi.Quota;
import dev.patchbay.kernel.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Keeps appointments in the Google calendar that the client's binding names (Calendar API v3). */
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
            "calendar.move",
            Idempotency.naturalKey(
                    Idempotency.Settle.USUAL,
                    "The event carries the effect's key since its last change; a repeat sets the same time."),
            "calendar.cancel",
            Idempotency.naturalKey(
                    Idempotency.Settle.NONE, "To delete what is deleted answers 410, which counts as done."));

    /** Limits the requests that one call usually sends: the list of events, the event, a read of an existing one. */
    private static final Map<String, Integer> MAX_REQUESTS =
            Map.of("calendar.book", 3, "calendar.hold", 3, "calendar.move", 3);

    private final GoogleApi google;
    private final GoogleEventWriter writer;
    private final AppointmentText texts;
    private final Clock clock;

    GoogleCalendar(OutgoingHttp http, Settings settings, Clock clock) {
        this.google = new GoogleApi(http);
        this.writer = new GoogleEventWriter(google);
        this.texts = new AppointmentText(settings.publicUrl());
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

    /**
     * Returns the requests that Google allows per user and project (Calendar API, "Manage quotas"), unless the connection's
     * setting differs.
     */
    @Override
    public List<Quota> quotas(String function, Account account, JsonNode binding) {
        int perMinute = account.settings().path("requestsPerMinute").asInt(600);
        return List.of(new Quota("minute", perMinute, Duration.ofMinutes(1), MAX_REQUESTS.getOrDefault(function, 1)));
    }

    @Override
    public String title() {
        return "Google Calendar";
    }

    /** Adds the connection's id to {@code primary}, which is another calendar in each account. */
    @Override
    public String calendar(Account account, JsonNode binding) {
        String id = binding.path("calendarId").asString("primary");
        return "google:" + (id.equals("primary") ? account.connectionId() + "/primary" : id);
    }

    @Override
    public PortResult<BusyTimes> findBusy(CallContext callContext, OffsetDateTime from, OffsetDateTime to) {
        List<String> others = GoogleApi.busyCalendars(callContext);
        return google.listBusy(callContext, from, to).then(own -> {
            PortResult<List<BusyTime>> further = others.isEmpty()
                    ? new PortResult.Succeeded<>(List.of(), "")
                    : google.queryBusy(callContext, others, from, to);
            return further.then(it -> new PortResult.Succeeded<>(
                    new BusyTimes(Stream.concat(own.stream(), it.stream()).toList()), ""));
        });
    }

    @Override
    public PortResult<Standing> findStanding(CallContext callContext, BookingId appointment) {
        HttpOutcome outcome = google.get(callContext, appointment.id());
        var gone = new PortResult.Succeeded<>(new Standing(Optional.empty()), appointment.id());
        return GoogleApi.hasStatus(outcome, 404, 410)
                ? gone
                : RESPONSES.readResult(
                        outcome,
                        "to show the appointment",
                        event -> GoogleBusyTimes.read(event, callContext.zone())
                                .<PortResult<Standing>>map(it -> new PortResult.Succeeded<>(
                                        new Standing(Optional.of(it.slot())), appointment.id()))
                                .or(() -> Optional.of(gone)));
    }

    @Override
    public PortResult<FoundAppointments> find(CallContext callContext, AppointmentSearch search) {
        PortResult<List<Booking>> byContact = findBy(callContext, "patchbayContact", search.contact());
        return byContact.then(first -> findBy(callContext, "patchbayPhone", search.phone())
                .then(second -> new PortResult.Succeeded<>(
                        new FoundAppointments(Stream.concat(first.stream(), second.stream())
                                .distinct()
                                .sorted(Comparator.comparing(Booking::start))
                                .toList()),
                        "")));
    }

    private PortResult<List<Booking>> findBy(
            CallContext callContext, String property, @org.jspecify.annotations.Nullable String value) {
        if (value == null) {
            return new PortResult.Succeeded<>(List.of(), "");
        }
        return google.listPage(
                        callContext,
                        "timeMin="
                                + GoogleApi.encode(
                                        GoogleApi.rfc3339(clock.instant().atOffset(ZoneOffset.UTC)))
                                + "&privateExtendedProperty=" + GoogleApi.encode(property + "=" + value))
                .then(body -> new PortResult.Succeeded<>(
                        body.path("items")
                                .valueStream()
                                .filter(event -> !GoogleEvent.isHold(event))
                                .flatMap(event -> GoogleEvent.readBooking(callContext, event).stream())
                                .toList(),
                        ""));
    }

    @Override
    public PortResult<Booking> book(CallContext callContext, BookingRequest request) {
        var event = GoogleEvent.bookingEvent(callContext, request, texts);
        String hold = request.hold();
        return hold == null
                ? writer.insert(callContext, event, it -> GoogleEvent.readBooking(callContext, it))
                : writer.replaceHold(callContext, hold, event, it -> GoogleEvent.readBooking(callContext, it));
    }

    @Override
    public LookupResult<Booking> findBooking(CallContext callContext, BookingRequest request) {
        String hold = request.hold();
        return hold == null
                ? writer.find(callContext, it -> GoogleEvent.readBooking(callContext, it))
                : writer.findReplaced(callContext, hold, it -> GoogleEvent.readBooking(callContext, it));
    }

    @Override
    public PortResult<Hold> hold(CallContext callContext, HoldRequest request) {
        var event = GoogleEvent.holdEvent(callContext, request, texts);
        String hold = request.hold();
        return hold == null
                ? writer.insert(callContext, event, it -> GoogleEvent.readHold(callContext, it))
                : writer.replaceHold(callContext, hold, event, it -> GoogleEvent.readHold(callContext, it));
    }

    @Override
    public LookupResult<Hold> findHold(CallContext callContext, HoldRequest request) {
        String hold = request.hold();
        return hold == null
                ? writer.find(callContext, it -> GoogleEvent.readHold(callContext, it))
                : writer.findReplaced(callContext, hold, it -> GoogleEvent.readHold(callContext, it));
    }

    @Override
    public PortResult<Booking> move(CallContext callContext, MoveRequest request) {
        return writer.move(callContext, request);
    }

    @Override
    public LookupResult<Booking> findMove(CallContext callContext, MoveRequest request) {
        return writer.findMove(callContext, request);
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
}
