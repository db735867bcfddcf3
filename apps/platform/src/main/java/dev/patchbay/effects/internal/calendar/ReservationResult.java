package dev.patchbay.effects.internal.calendar;

import dev.patchbay.effects.spi.CalendarPort.Booking;
import java.util.List;

/** Whether an effect that was just claimed may be sent, as far as reservations decide. */
public sealed interface ReservationResult {

    /** The time is this effect's alone, or it needs none. */
    record Reserved() implements ReservationResult {}

    /** The call has booked this very time already: that booking is the answer. */
    record BookedBefore(Booking booking) implements ReservationResult {}

    /**
     * The time belongs to another reservation.
     *
     * @param doubtful what has it, where people may have moved or removed it at the provider since
     */
    record Taken(String sentence, List<Reservation> doubtful) implements ReservationResult {

        /** Whether asking the provider may make room. */
        public boolean isDoubtful() {
            return !doubtful.isEmpty();
        }
    }

    /**
     * Another effect of the same owner is changing the appointment.
     *
     * @param stuck whether it has been doing so for so long that its outcome must be unknown
     */
    record UnderWay(boolean stuck) implements ReservationResult {}
}
