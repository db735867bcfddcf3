package dev.patchbay.effects.internal.calendar;

import dev.patchbay.effects.CalendarRules;
import dev.patchbay.effects.spi.CalendarPort;
import dev.patchbay.effects.spi.CalendarPort.BookingId;
import dev.patchbay.effects.spi.CalendarPort.BusyTimes;
import dev.patchbay.effects.spi.CalendarPort.Standing;
import dev.patchbay.effects.spi.CallContext;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks the provider for appointments that people may have moved or removed in their calendar, and corrects our reservations.
 */
record StandingChecks(CalendarPort provider, Reservations reservations, Tenancy tenancy) {

    /** Each check is one request. Further reservations are checked the next time they conflict. */
    private static final int MAX_CHECKS = 5;
    /** A provider's list may lag behind a change that the provider has just accepted. */
    private static final Duration LISTED_AFTER = Duration.ofMinutes(1);

    /** Returns the reservations whose events the provider does not list at their reserved time. */
    static List<Reservation> findUnlisted(List<Reservation> reservations, BusyTimes busyTimes) {
        Set<String> listed =
                busyTimes.busy().stream().flatMap(it -> it.id().stream()).collect(Collectors.toSet());
        return reservations.stream()
                .filter(it -> it.mayHaveMovedOn(LISTED_AFTER))
                .filter(it -> !listed.contains(it.standing().orElseThrow().eventId()))
                .toList();
    }

    void check(CallContext callContext, Lane lane, CalendarRules rules, List<Reservation> doubtful) {
        doubtful.stream().limit(MAX_CHECKS).forEach(it -> check(callContext, lane, rules, it));
    }

    /** Leaves the reservation unchanged when the provider does not answer. */
    private void check(CallContext callContext, Lane lane, CalendarRules rules, Reservation reservation) {
        var stood = reservation.standing().orElseThrow();
        if (provider.findStanding(callContext, new BookingId(stood.eventId()))
                        instanceof PortResult.Succeeded<Standing>(Standing standing, String id)
                && standing.slot()
                        .filter(now -> now.start().isEqual(stood.slot().start())
                                && now.end().isEqual(stood.slot().end()))
                        .isEmpty()) {
            tenancy.inTenant(lane.tenant(), () -> reservations.correct(lane, rules, reservation, standing.slot()));
        }
    }
}
