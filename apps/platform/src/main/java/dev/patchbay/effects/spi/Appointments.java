package dev.patchbay.effects.spi;

import dev.patchbay.effects.spi.CalendarPort.AppointmentSearch;
import dev.patchbay.effects.spi.CalendarPort.Booking;
import dev.patchbay.effects.spi.CalendarPort.BookingId;
import dev.patchbay.effects.spi.CalendarPort.BookingRequest;
import dev.patchbay.effects.spi.CalendarPort.Cancellation;
import dev.patchbay.effects.spi.CalendarPort.FoundAppointments;
import dev.patchbay.effects.spi.CalendarPort.Hold;
import dev.patchbay.effects.spi.CalendarPort.HoldRequest;
import dev.patchbay.effects.spi.CalendarPort.MoveRequest;
import dev.patchbay.effects.spi.CalendarPort.SlotSearch;
import dev.patchbay.effects.spi.CalendarPort.Slots;

/**
 * The functions of calendars for flows and calls. Effects implements them once, over the {@link CalendarPort} of any provider: the client's
 * rules and our reservations hold for offering, holding and booking alike (ADR 0025).
 */
public non-sealed interface Appointments extends Port {

    /** Free times by the client's rules. Changes nothing. */
    PortResult<Slots> findSlots(CallContext callContext, SlotSearch search);

    /** The appointments of a person that lie ahead. Changes nothing. */
    PortResult<FoundAppointments> find(CallContext callContext, AppointmentSearch search);

    /** Books; what would not be offered is refused as {@link FailureReason#NO_SLOT}. */
    PortResult<Booking> book(CallContext callContext, BookingRequest request);

    LookupResult<Booking> findBooking(CallContext callContext, BookingRequest request);

    /** Reserves a time tentatively; refused as a booking would be. {@link #cancel} releases it. */
    PortResult<Hold> hold(CallContext callContext, HoldRequest request);

    LookupResult<Hold> findHold(CallContext callContext, HoldRequest request);

    /** Moves a booking or a hold to another time; refused as a booking would be, and then it stays where it is. */
    PortResult<Booking> move(CallContext callContext, MoveRequest request);

    LookupResult<Booking> findMove(CallContext callContext, MoveRequest request);

    PortResult<Cancellation> cancel(CallContext callContext, BookingId booking);

    LookupResult<Cancellation> findCancellation(CallContext callContext, BookingId booking);
}
