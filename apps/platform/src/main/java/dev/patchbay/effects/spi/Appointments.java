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
 * Offers the functions of calendars to flows and calls. Effects implements them once, over the {@link CalendarPort} of any
 * provider: the client's rules and our reservations apply to offering, holding and booking alike (ADR 0025).
 */
public non-sealed interface Appointments extends Port {

    /** Finds times that are free by the client's rules. Changes nothing. */
    PortResult<Slots> findSlots(CallContext callContext, SlotSearch search);

    /** Finds the appointments of a person that lie ahead. Changes nothing. */
    PortResult<FoundAppointments> find(CallContext callContext, AppointmentSearch search);

    /** Books an appointment. A time that would not be offered is refused as {@link FailureReason#NO_SLOT}. */
    PortResult<Booking> book(CallContext callContext, BookingRequest request);

    /** Asks whether an earlier {@link #book} was carried out and still stands. */
    LookupResult<Booking> findBooking(CallContext callContext, BookingRequest request);

    /** Reserves a time tentatively, or refuses it as {@link #book} would. {@link #cancel} releases it. */
    PortResult<Hold> hold(CallContext callContext, HoldRequest request);

    /** Asks whether an earlier {@link #hold} was carried out and still stands. */
    LookupResult<Hold> findHold(CallContext callContext, HoldRequest request);

    /** Moves a booking or a hold to another time. A time that a booking would refuse leaves it unchanged. */
    PortResult<Booking> move(CallContext callContext, MoveRequest request);

    /** Asks whether the appointment is at the time that an earlier {@link #move} asked for. */
    LookupResult<Booking> findMove(CallContext callContext, MoveRequest request);

    /** Cancels a booking or releases a hold; a cancellation that took place before counts as done. */
    PortResult<Cancellation> cancel(CallContext callContext, BookingId booking);

    /** Asks whether the booking or hold is cancelled. */
    LookupResult<Cancellation> findCancellation(CallContext callContext, BookingId booking);
}
