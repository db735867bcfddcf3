package dev.patchbay.effects.internal.calendar;

import dev.patchbay.connections.BoundConnection;
import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.CalendarRules;
import dev.patchbay.effects.spi.CalendarPort;
import dev.patchbay.effects.spi.Port;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Prepares the reservations that belong to claims of effects. */
@Component
public class CalendarClaims {

    private final Reservations reservations;
    private final Tenancy tenancy;
    private final Clock clock;

    CalendarClaims(Reservations reservations, Tenancy tenancy, Clock clock) {
        this.reservations = reservations;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /** Puts the client's rules and our reservations before an adapter for calendars; any other stays as it is. */
    public Port guard(Port adapter) {
        return adapter instanceof CalendarPort calendar
                ? new ReservedAppointments(calendar, reservations, tenancy, clock)
                : adapter;
    }

    /**
     * The part of a claim that reserves; empty for an action that reserves nothing.
     *
     * @param adapter as {@link #guard} returned it
     * @throws IllegalArgumentException when the binding's rules make no sense
     * @throws java.time.DateTimeException when a time in them, or the start that was asked for, cannot be parsed
     */
    public Optional<CalendarClaim> prepare(ActionRequest action, Port adapter, BoundConnection connection) {
        return adapter instanceof ReservedAppointments appointments
                ? CalendarRequest.of(action)
                        .map(request -> new CalendarClaim(
                                reservations,
                                appointments,
                                appointments.lane(connection.account(), connection.settings()),
                                request,
                                CalendarRules.parse(connection.settings())))
                : Optional.empty();
    }
}
