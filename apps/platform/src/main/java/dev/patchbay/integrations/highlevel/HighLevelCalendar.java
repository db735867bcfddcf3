package dev.patchbay.integrations.highlevel;

import static dev.patchbay.integrations.highlevel.HighLevelContactsApi.RESPONSES;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.http.HttpOutcome;
import dev.patchbay.connections.http.OutgoingHttp;
import dev.patchbay.effects.spi.AppointmentText;
import dev.patchbay.effects.spi.CalendarPort;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.CrmPort.ContactDetails;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.Idempotency;
import dev.patchbay.effects.spi.Idempotency.Settle;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.effects.spi.Quota;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps appointments in the HighLevel calendar that the client's binding names (HighLevel API 2021-04-15, "Calendars"). */
@Component
class HighLevelCalendar implements CalendarPort {

    private static final String OUR_MARK =
            "The appointment carries the effect's key in its description; a repeat finds it at its time before anything is sent.";

    private static final Map<String, Idempotency> IDEMPOTENCY = Map.of(
            "calendar.book",
            Idempotency.naturalKey(Settle.USUAL, OUR_MARK + " A hold is confirmed by changing it."),
            "calendar.hold",
            Idempotency.naturalKey(Settle.USUAL, OUR_MARK),
            "calendar.move",
            Idempotency.naturalKey(
                    Settle.USUAL,
                    "The appointment carries the effect's key since its last change; a repeat sets the same time."),
            "calendar.cancel",
            Idempotency.naturalKey(Settle.NONE, "An appointment that is cancelled, or not there, counts as done."));

    /** Limits the requests that one call usually sends. */
    private static final Map<String, Integer> MAX_REQUESTS = Map.of(
            "calendar.findSlots",
            3,
            "calendar.find",
            2,
            "calendar.book",
            8,
            "calendar.hold",
            8,
            "calendar.move",
            5,
            "calendar.cancel",
            2);

    private static final int DEFAULT_HOLD_MINUTES = 10;

    private final HighLevelCalendarApi api;
    private final HighLevelContactsApi contacts;
    private final HighLevelFreeTimes freeTimes;
    private final HighLevelAppointmentWriter writer;
    private final HighLevelBookingContacts bookingContacts;
    private final AppointmentText texts;
    private final Clock clock;

    HighLevelCalendar(OutgoingHttp http, Settings settings, Clock clock) {
        this.api = new HighLevelCalendarApi(http);
        this.contacts = new HighLevelContactsApi(http);
        this.freeTimes = new HighLevelFreeTimes(api);
        this.writer = new HighLevelAppointmentWriter(api);
        this.bookingContacts = new HighLevelBookingContacts(new HighLevelContactWriter(contacts));
        this.texts = new AppointmentText(settings.publicUrl());
        this.clock = clock;
    }

    @Override
    public String provider() {
        return "highlevel";
    }

    @Override
    public String title() {
        return "HighLevel";
    }

    @Override
    public Map<String, Idempotency> idempotency() {
        return IDEMPOTENCY;
    }

    /** Returns one budget for all requests of the location, including those about contacts. */
    @Override
    public List<Quota> quotas(String function, Account account, JsonNode binding) {
        return HighLevelQuotas.of(account, MAX_REQUESTS.getOrDefault(function, 1));
    }

    @Override
    public String calendar(Account account, JsonNode binding) {
        return "highlevel:" + binding.path("calendarId").asString("");
    }

    @Override
    public PortResult<BusyTimes> findBusy(CallContext callContext, OffsetDateTime from, OffsetDateTime to) {
        return freeTimes.read(callContext, from, to);
    }

    @Override
    public PortResult<Standing> findStanding(CallContext callContext, BookingId appointment) {
        var gone = new PortResult.Succeeded<>(new Standing(Optional.empty()), appointment.id());
        HttpOutcome outcome = api.get(callContext, appointment.id());
        return HighLevelCalendarApi.isGone(outcome)
                ? gone
                : RESPONSES.readResult(
                        outcome,
                        "to show the appointment",
                        body -> Optional.of(new PortResult.Succeeded<>(
                                new Standing(Optional.of(new HighLevelAppointment(body.path("event")))
                                        .filter(HighLevelAppointment::isStanding)
                                        .flatMap(it -> it.slot(callContext))),
                                appointment.id())));
    }

    @Override
    public PortResult<FoundAppointments> find(CallContext callContext, AppointmentSearch search) {
        return findContact(callContext, search)
                .then(id -> id.isEmpty()
                        ? new PortResult.Succeeded<>(new FoundAppointments(List.of()), "")
                        : RESPONSES.readResult(
                                api.listOfContact(callContext, id.get()),
                                "to list the contact's appointments",
                                body -> Optional.of(new PortResult.Succeeded<>(ahead(callContext, body), id.get()))));
    }

    private FoundAppointments ahead(CallContext callContext, JsonNode body) {
        Instant now = clock.instant();
        return new FoundAppointments(body.path("events")
                .valueStream()
                .filter(event ->
                        event.path("calendarId").asString("").equals(HighLevelCalendarApi.calendarId(callContext)))
                .map(HighLevelAppointment::new)
                .filter(it -> it.isStanding() && !it.isHold())
                .flatMap(it -> it.booking(callContext).stream())
                .filter(it -> it.end().toInstant().isAfter(now))
                .sorted(Comparator.comparing(Booking::start))
                .toList());
    }

    private PortResult<Optional<String>> findContact(CallContext callContext, AppointmentSearch search) {
        String contact = search.contact();
        if (contact != null && !contact.startsWith("+")) {
            return new PortResult.Succeeded<>(Optional.of(contact), contact);
        }
        var person =
                new ContactDetails(search.phone() == null ? contact : search.phone(), null, null, null, null, null);
        return RESPONSES.readResult(
                contacts.searchByPhone(callContext, person),
                "to search for the contact",
                body -> Optional.of(new PortResult.Succeeded<>(
                        HighLevelContactsApi.findMatches(body, person).stream()
                                .map(it -> it.path("id").asString(""))
                                .findFirst(),
                        "")));
    }

    @Override
    public PortResult<Booking> book(CallContext callContext, BookingRequest request) {
        return writer.write(
                callContext,
                request.hold(),
                booking(callContext, request),
                it -> bookingContacts.find(it, request.contact(), request.person()),
                it -> it.booking(callContext));
    }

    @Override
    public LookupResult<Booking> findBooking(CallContext callContext, BookingRequest request) {
        return writer.find(callContext, request.hold(), booking(callContext, request), it -> it.booking(callContext));
    }

    private ObjectNode booking(CallContext callContext, BookingRequest request) {
        return HighLevelAppointment.times(callContext, request.start(), request.minutes())
                .put("title", texts.title(callContext, request.title(), request.person()))
                .put("appointmentStatus", "confirmed")
                .put(
                        "description",
                        String.join(
                                "\n",
                                texts.description(callContext, request.description(), request.person(), "event.booked"),
                                HighLevelAppointment.mark(callContext, Optional.empty())));
    }

    @Override
    public PortResult<Hold> hold(CallContext callContext, HoldRequest request) {
        return writer.write(
                callContext,
                request.hold(),
                held(callContext, request),
                it -> bookingContacts.find(it, request.contact(), request.person()),
                it -> it.hold(callContext));
    }

    @Override
    public LookupResult<Hold> findHold(CallContext callContext, HoldRequest request) {
        return writer.find(callContext, request.hold(), held(callContext, request), it -> it.hold(callContext));
    }

    private ObjectNode held(CallContext callContext, HoldRequest request) {
        Instant until = callContext
                .firstClaimedAt()
                .plus(Duration.ofMinutes(Objects.requireNonNullElse(request.holdMinutes(), DEFAULT_HOLD_MINUTES)));
        return HighLevelAppointment.times(callContext, request.start(), request.minutes())
                .put("title", texts.title(callContext, request.title(), request.person()))
                .put("appointmentStatus", "new")
                .put(
                        "description",
                        String.join(
                                "\n",
                                texts.description(callContext, request.description(), request.person(), "event.held"),
                                HighLevelAppointment.mark(callContext, Optional.of(until))));
    }

    @Override
    public PortResult<Booking> move(CallContext callContext, MoveRequest request) {
        return ifStanding(
                callContext,
                request.id(),
                appointment -> writer.update(
                        callContext,
                        request.id(),
                        HighLevelAppointment.times(callContext, request.start(), request.minutes())
                                .put("calendarId", HighLevelCalendarApi.calendarId(callContext))
                                .put("appointmentStatus", "confirmed")
                                .put(
                                        "description",
                                        appointment.descriptionMarked(
                                                HighLevelAppointment.mark(callContext, Optional.empty()))),
                        moved -> moved.booking(callContext)));
    }

    private interface OnAppointment<T> {
        PortResult<T> perform(HighLevelAppointment appointment);
    }

    private <T> PortResult<T> ifStanding(CallContext callContext, String id, OnAppointment<T> work) {
        HttpOutcome outcome = api.get(callContext, id);
        PortResult<T> gone = new PortResult.Rejected<>(
                FailureReason.BAD_INPUT, "The appointment to move is not in the calendar any more.");
        return HighLevelCalendarApi.isGone(outcome)
                ? gone
                : writer.read(outcome).then(it -> it.isStanding() ? work.perform(it) : gone);
    }

    @Override
    public LookupResult<Booking> findMove(CallContext callContext, MoveRequest request) {
        return writer.findChanged(callContext, request.id(), it -> it.booking(callContext));
    }

    /**
     * Cancels an appointment, which people see as cancelled in their calendar, or removes a hold, which was no appointment yet.
     */
    @Override
    public PortResult<Cancellation> cancel(CallContext callContext, BookingId booking) {
        var cancelled = new PortResult.Succeeded<>(new Cancellation(booking.id(), true), booking.id());
        HttpOutcome outcome = api.get(callContext, booking.id());
        if (HighLevelCalendarApi.isGone(outcome)) {
            return cancelled;
        }
        return writer.read(outcome).then(it -> {
            if (!it.isStanding()) {
                return cancelled;
            }
            HttpOutcome removal = it.isHold()
                    ? api.delete(callContext, booking.id())
                    : api.update(callContext, booking.id(), cancellation());
            return RESPONSES.effectResult(removal, "the cancellation", body -> Optional.of(cancelled));
        });
    }

    private static ObjectNode cancellation() {
        return Json.object().put("appointmentStatus", "cancelled");
    }

    @Override
    public LookupResult<Cancellation> findCancellation(CallContext callContext, BookingId booking) {
        HttpOutcome outcome = api.get(callContext, booking.id());
        LookupResult<Cancellation> cancelled =
                new LookupResult.Found<>(new Cancellation(booking.id(), true), List.of(booking.id()));
        return HighLevelCalendarApi.isGone(outcome)
                ? cancelled
                : RESPONSES.lookupResult(
                        outcome,
                        "to show the appointment",
                        body -> Optional.of(
                                new HighLevelAppointment(body.path("event")).isStanding()
                                        ? new LookupResult.Absent<>()
                                        : cancelled));
    }
}
