package dev.patchbay.effects.internal.calendar;

import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.Idempotency;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.testing.UnimplementedCalendar;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** A calendar in memory that accepts what it is told, overlapping or not, as calendars do; slow, and with lost answers. */
final class FakeCalendar extends UnimplementedCalendar {

    /** An event; its id is the key of the effect that inserted it. */
    record Event(String id, Slot slot, String effectKey, boolean tentative) {}

    /** A fault of the next request that changes something. */
    enum Fault {
        NONE,
        /** It is carried out, and the answer is lost. */
        LOST,
        /** It is not carried out, and may be tried again. */
        DOWN,
        REFUSED
    }

    private final Map<String, Event> events = new ConcurrentHashMap<>();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private volatile Duration latency = Duration.ZERO;
    private volatile boolean answersLookups = true;

    FakeCalendar() {}

    List<Event> events() {
        return List.copyOf(events.values());
    }

    void failNext(Fault fault) {
        faults.add(fault);
    }

    void slowDown(Duration each) {
        latency = each;
    }

    void answerLookups(boolean answers) {
        answersLookups = answers;
    }

    /** As a person does in the calendar. */
    void remove(String id) {
        events.remove(id);
    }

    /** As a person does in the calendar. */
    void put(String id, Slot slot) {
        events.put(id, new Event(id, slot, "", false));
    }

    private void pause() {
        LockSupport.parkNanos(latency.toNanos());
    }

    @Override
    public Map<String, Idempotency> idempotency() {
        var ours = Idempotency.providerKey("As the test says.");
        return Map.of("calendar.book", ours, "calendar.hold", ours, "calendar.move", ours, "calendar.cancel", ours);
    }

    @Override
    public PortResult<BusyTimes> findBusy(CallContext callContext, OffsetDateTime from, OffsetDateTime to) {
        pause();
        var range = new Slot(from, to);
        return new PortResult.Succeeded<>(
                new BusyTimes(events.values().stream()
                        .filter(event -> event.slot().overlaps(range))
                        .map(event -> new BusyTime(
                                Optional.of(event.id()),
                                event.slot(),
                                Optional.of(event.effectKey()).filter(key -> !key.isEmpty())))
                        .toList()),
                "");
    }

    @Override
    public PortResult<Standing> findStanding(CallContext callContext, BookingId appointment) {
        return new PortResult.Succeeded<>(
                new Standing(Optional.ofNullable(events.get(appointment.id())).map(Event::slot)), appointment.id());
    }

    @Override
    public PortResult<Booking> book(CallContext callContext, BookingRequest request) {
        Slot slot = new Slot(request.start(), request.start().plusMinutes(request.minutes()));
        String id = Optional.ofNullable(request.hold()).orElse(callContext.effectKey());
        return write(new Event(id, slot, callContext.effectKey(), false), FakeCalendar::booking);
    }

    @Override
    public LookupResult<Booking> findBooking(CallContext callContext, BookingRequest request) {
        return find(callContext, FakeCalendar::booking);
    }

    @Override
    public PortResult<Hold> hold(CallContext callContext, HoldRequest request) {
        Slot slot = new Slot(request.start(), request.start().plusMinutes(request.minutes()));
        String id = Optional.ofNullable(request.hold()).orElse(callContext.effectKey());
        return write(new Event(id, slot, callContext.effectKey(), true), FakeCalendar::held);
    }

    @Override
    public LookupResult<Hold> findHold(CallContext callContext, HoldRequest request) {
        return find(callContext, FakeCalendar::held);
    }

    @Override
    public PortResult<Booking> move(CallContext callContext, MoveRequest request) {
        Slot slot = new Slot(request.start(), request.start().plusMinutes(request.minutes()));
        return write(new Event(request.id(), slot, callContext.effectKey(), false), FakeCalendar::booking);
    }

    @Override
    public LookupResult<Booking> findMove(CallContext callContext, MoveRequest request) {
        return find(callContext, FakeCalendar::booking);
    }

    @Override
    public PortResult<Cancellation> cancel(CallContext callContext, BookingId booking) {
        events.remove(booking.id());
        return new PortResult.Succeeded<>(new Cancellation(booking.id(), true), booking.id());
    }

    private interface Reader<T> {
        T read(Event event);
    }

    private <T> PortResult<T> write(Event event, Reader<T> reader) {
        pause();
        Fault fault = Optional.ofNullable(faults.poll()).orElse(Fault.NONE);
        return switch (fault) {
            case DOWN -> new PortResult.RetryLater<>(FailureReason.PROVIDER_DOWN, "Down.", Optional.of(Duration.ZERO));
            case REFUSED -> new PortResult.Rejected<>(FailureReason.BAD_INPUT, "Refused.");
            case LOST -> {
                events.put(event.id(), event);
                yield new PortResult.Unknown<>("No answer came.");
            }
            case NONE -> {
                events.put(event.id(), event);
                yield new PortResult.Succeeded<>(reader.read(event), event.id());
            }
        };
    }

    private <T> LookupResult<T> find(CallContext callContext, Reader<T> reader) {
        if (!answersLookups) {
            return new LookupResult.Impossible<>("Nobody can tell.");
        }
        return events.values().stream()
                .filter(event -> event.effectKey().equals(callContext.effectKey()))
                .findFirst()
                .<LookupResult<T>>map(event -> new LookupResult.Found<>(reader.read(event), List.of(event.id())))
                .orElseGet(LookupResult.Absent::new);
    }

    private static Booking booking(Event event) {
        return new Booking(event.id(), event.slot().start(), event.slot().end(), "soon", null);
    }

    private static Hold held(Event event) {
        return new Hold(
                event.id(),
                event.slot().start(),
                event.slot().end(),
                "soon",
                event.slot().start().minusMinutes(1));
    }
}
