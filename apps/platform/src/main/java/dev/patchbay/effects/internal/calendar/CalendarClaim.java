package dev.patchbay.effects.internal.calendar;

import dev.patchbay.effects.CalendarRules;
import dev.patchbay.effects.spi.CallContext;

/** The part of a claim that reserves, in the order that keeps transactions from deadlocking: lock, the effect, reserve. */
public final class CalendarClaim {

    private final Reservations reservations;
    private final ReservedAppointments appointments;
    private final Lane lane;
    private final CalendarRequest request;
    private final CalendarRules rules;

    CalendarClaim(
            Reservations reservations,
            ReservedAppointments appointments,
            Lane lane,
            CalendarRequest request,
            CalendarRules rules) {
        this.reservations = reservations;
        this.appointments = appointments;
        this.lane = lane;
        this.request = request;
        this.rules = rules;
    }

    /** Waits for every other transaction that reserves in this calendar. */
    public void lock() {
        reservations.lock(lane);
    }

    /** Takes the time, in the transaction that locked the calendar and claimed the effect. */
    public ReservationResult reserve() {
        return reservations.reserve(lane, request, rules);
    }

    /** Outside a transaction: asks the provider for what is in the way, where people may have changed it since. */
    public void check(CallContext callContext, ReservationResult.Taken conflict) {
        appointments.check(callContext, conflict.doubtful());
    }
}
