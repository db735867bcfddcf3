package dev.patchbay.effects.internal.calendar;

import dev.patchbay.connections.Account;
import dev.patchbay.effects.CalendarRules;
import dev.patchbay.effects.spi.Appointments;
import dev.patchbay.effects.spi.CalendarPort;
import dev.patchbay.effects.spi.CalendarPort.AppointmentSearch;
import dev.patchbay.effects.spi.CalendarPort.Booking;
import dev.patchbay.effects.spi.CalendarPort.BookingId;
import dev.patchbay.effects.spi.CalendarPort.BookingRequest;
import dev.patchbay.effects.spi.CalendarPort.Cancellation;
import dev.patchbay.effects.spi.CalendarPort.FoundAppointments;
import dev.patchbay.effects.spi.CalendarPort.Hold;
import dev.patchbay.effects.spi.CalendarPort.HoldRequest;
import dev.patchbay.effects.spi.CalendarPort.MoveRequest;
import dev.patchbay.effects.spi.CalendarPort.Slot;
import dev.patchbay.effects.spi.CalendarPort.SlotSearch;
import dev.patchbay.effects.spi.CalendarPort.Slots;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.Idempotency;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.effects.spi.Quota;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The appointments of one provider's calendars under the client's rules and our reservations. */
public final class ReservedAppointments implements Appointments {

    private final CalendarPort provider;
    private final Reservations reservations;
    private final StandingChecks standingChecks;
    private final Tenancy tenancy;
    private final Clock clock;

    ReservedAppointments(CalendarPort provider, Reservations reservations, Tenancy tenancy, Clock clock) {
        this.provider = provider;
        this.reservations = reservations;
        this.standingChecks = new StandingChecks(provider, reservations, tenancy);
        this.tenancy = tenancy;
        this.clock = clock;
    }

    @Override
    public String provider() {
        return provider.provider();
    }

    @Override
    public Map<String, Idempotency> idempotency() {
        return provider.idempotency();
    }

    @Override
    public List<Quota> quotas(String function, Account account, JsonNode binding) {
        return provider.quotas(function, account, binding);
    }

    /**
     * The calendar that the binding names.
     *
     * @throws IllegalArgumentException when the binding's rules make no sense
     * @throws DateTimeException when a time or a date in them cannot be parsed
     */
    Lane lane(Account account, JsonNode binding) {
        return new Lane(
                account.tenant(),
                provider.calendar(account, binding),
                provider.title(),
                CalendarRules.parse(binding).capacity());
    }

    /** Corrects reservations whose events people may have moved or removed. */
    void check(CallContext callContext, List<Reservation> doubtful) {
        standingChecks.check(callContext, lane(callContext), CalendarRules.parse(callContext.binding()), doubtful);
    }

    @Override
    public PortResult<Slots> findSlots(CallContext callContext, SlotSearch search) {
        try {
            CalendarRules rules = CalendarRules.parse(callContext.binding());
            String calendar = lane(callContext).calendar();
            return rules.narrow(search, callContext.zone(), clock.instant())
                    .map(narrowed -> findSlots(callContext, rules, narrowed, calendar))
                    .orElseGet(() -> new PortResult.Succeeded<>(new Slots(List.of()), calendar));
        } catch (DateTimeException | IllegalArgumentException senseless) {
            return new PortResult.Rejected<>(FailureReason.BAD_INPUT, sentence(senseless));
        }
    }

    static String sentence(RuntimeException senselessSettings) {
        return "The settings of the client's calendar make no sense: " + senselessSettings.getMessage();
    }

    private PortResult<Slots> findSlots(
            CallContext callContext, CalendarRules rules, SlotSearch search, String calendar) {
        Slot range = rules.withBuffers(new Slot(search.from(), search.to()));
        return availability(callContext, rules, range)
                .then(availability -> new PortResult.Succeeded<>(
                        new Slots(rules.findOpenings(search, callContext.zone(), availability::isFree)), calendar));
    }

    /** Reads the provider's events, then our reservations: what was inserted in between is in both, and counts once. */
    private PortResult<Availability> availability(CallContext callContext, CalendarRules rules, Slot range) {
        Lane lane = lane(callContext);
        return provider.findBusy(callContext, range.start(), range.end()).then(busyTimes -> {
            List<Reservation> unlisted = StandingChecks.findUnlisted(findOverlapping(lane, range), busyTimes);
            standingChecks.check(callContext, lane, rules, unlisted);
            return new PortResult.Succeeded<>(
                    Availability.of(
                            rules,
                            busyTimes,
                            findOverlapping(lane, range),
                            callContext.effectKey(),
                            CalendarRequest.owner(callContext.correlation(), callContext.origin())),
                    "");
        });
    }

    private List<Reservation> findOverlapping(Lane lane, Slot range) {
        return tenancy.inTenant(lane.tenant(), () -> reservations.findOverlapping(lane, range));
    }

    private Lane lane(CallContext callContext) {
        return lane(callContext.account(), callContext.binding());
    }

    @Override
    public PortResult<FoundAppointments> find(CallContext callContext, AppointmentSearch search) {
        return provider.find(callContext, search);
    }

    /** A booking that the call changes is moved; a hold becomes the booking. */
    @Override
    public PortResult<Booking> book(CallContext callContext, BookingRequest request) {
        Slot slot = new Slot(request.start(), request.start().plusMinutes(request.minutes()));
        Optional<Reservation.Standing> standing = findStanding(callContext);
        return ifOffered(
                callContext,
                slot,
                request.outsideHours(),
                () -> standing.filter(Reservation.Standing::isBooked).isPresent()
                        ? provider.move(callContext, move(standing.get(), request))
                        : provider.book(callContext, request.withHold(eventId(standing, request.hold()))));
    }

    @Override
    public LookupResult<Booking> findBooking(CallContext callContext, BookingRequest request) {
        Optional<Reservation.Standing> standing = findStanding(callContext);
        return standing.filter(Reservation.Standing::isBooked).isPresent()
                ? provider.findMove(callContext, move(standing.get(), request))
                : provider.findBooking(callContext, request.withHold(eventId(standing, request.hold())));
    }

    private static MoveRequest move(Reservation.Standing standing, BookingRequest request) {
        return new MoveRequest(standing.eventId(), request.start(), request.minutes(), request.outsideHours());
    }

    @Override
    public PortResult<Hold> hold(CallContext callContext, HoldRequest request) {
        Slot slot = new Slot(request.start(), request.start().plusMinutes(request.minutes()));
        HoldRequest changing = request.withHold(eventId(findStanding(callContext), request.hold()));
        return ifOffered(callContext, slot, request.outsideHours(), () -> provider.hold(callContext, changing));
    }

    @Override
    public LookupResult<Hold> findHold(CallContext callContext, HoldRequest request) {
        return provider.findHold(callContext, request.withHold(eventId(findStanding(callContext), request.hold())));
    }

    @Override
    public PortResult<Booking> move(CallContext callContext, MoveRequest request) {
        Slot slot = new Slot(request.start(), request.start().plusMinutes(request.minutes()));
        return ifOffered(callContext, slot, request.outsideHours(), () -> provider.move(callContext, request));
    }

    @Override
    public LookupResult<Booking> findMove(CallContext callContext, MoveRequest request) {
        return provider.findMove(callContext, request);
    }

    @Override
    public PortResult<Cancellation> cancel(CallContext callContext, BookingId booking) {
        return provider.cancel(callContext, booking);
    }

    @Override
    public LookupResult<Cancellation> findCancellation(CallContext callContext, BookingId booking) {
        return provider.findCancellation(callContext, booking);
    }

    /** Finds the appointment that this effect changes. */
    private Optional<Reservation.Standing> findStanding(CallContext callContext) {
        var tenant = callContext.account().tenant();
        return tenancy.inTenant(tenant, () -> reservations.findByAct(tenant, callContext.effectKey()))
                .flatMap(Reservation::standing);
    }

    private static @Nullable String eventId(Optional<Reservation.Standing> standing, @Nullable String named) {
        return standing.map(Reservation.Standing::eventId).orElse(named);
    }

    /** The second opinion, after the reservation: the rules, and what others wrote into the calendar. */
    private <T> PortResult<T> ifOffered(
            CallContext callContext, Slot slot, @Nullable Boolean outsideHours, Supplier<PortResult<T>> write) {
        CalendarRules rules = CalendarRules.parse(callContext.binding());
        Optional<CalendarRules.Violation> violation = rules.findViolation(slot, callContext.zone(), clock.instant())
                .filter(it -> it == CalendarRules.Violation.PAST || !Boolean.TRUE.equals(outsideHours));
        if (violation.isPresent()) {
            return new PortResult.Rejected<>(
                    FailureReason.NO_SLOT,
                    sentence(callContext).ofRule(slot.start(), violation.get().words()));
        }
        return availability(callContext, rules, rules.withBuffers(slot))
                .then(availability -> availability.isFree(slot)
                        ? write.get()
                        : new PortResult.Rejected<>(
                                FailureReason.NO_SLOT, sentence(callContext).of(slot.start(), "is taken.")));
    }

    private SlotSentence sentence(CallContext callContext) {
        return new SlotSentence(provider.title(), callContext.zone(), callContext.locale());
    }
}
