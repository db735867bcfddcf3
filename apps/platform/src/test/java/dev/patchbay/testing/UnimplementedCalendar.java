package dev.patchbay.testing;

import dev.patchbay.connections.Account;
import dev.patchbay.effects.spi.CalendarPort;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.effects.spi.PortResult;
import java.time.OffsetDateTime;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A calendar of which a test overrides what it needs. Nothing but our reservations blocks its time. */
public abstract class UnimplementedCalendar implements CalendarPort {

    @Override
    public String provider() {
        return "google";
    }

    @Override
    public String title() {
        return "The test's calendar";
    }

    @Override
    public String calendar(Account account, JsonNode binding) {
        return "google:" + binding.path("calendarId").asString("");
    }

    @Override
    public PortResult<BusyTimes> findBusy(CallContext callContext, OffsetDateTime from, OffsetDateTime to) {
        return new PortResult.Succeeded<>(new BusyTimes(List.of()), "");
    }

    @Override
    public PortResult<Standing> findStanding(CallContext callContext, BookingId appointment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PortResult<FoundAppointments> find(CallContext callContext, AppointmentSearch search) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PortResult<Booking> book(CallContext callContext, BookingRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LookupResult<Booking> findBooking(CallContext callContext, BookingRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PortResult<Hold> hold(CallContext callContext, HoldRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LookupResult<Hold> findHold(CallContext callContext, HoldRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PortResult<Booking> move(CallContext callContext, MoveRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LookupResult<Booking> findMove(CallContext callContext, MoveRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PortResult<Cancellation> cancel(CallContext callContext, BookingId booking) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LookupResult<Cancellation> findCancellation(CallContext callContext, BookingId booking) {
        throw new UnsupportedOperationException();
    }
}
