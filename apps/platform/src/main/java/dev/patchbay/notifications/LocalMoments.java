package dev.patchbay.notifications;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/** Moments of a local clock, on the days on which clocks change too. */
final class LocalMoments {

    private LocalMoments() {}

    /** A time that does not exist on that day becomes the next that does; of one that comes twice, the first counts. */
    static Instant resolve(LocalDate day, LocalTime time, ZoneId zone) {
        var local = LocalDateTime.of(day, time);
        var transition = zone.getRules().getTransition(local);
        return transition != null && transition.isGap()
                ? transition.getInstant()
                : local.atZone(zone).toInstant();
    }
}
