package dev.patchbay.notifications;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The hours of each day in which a person wants no mail, by the local clock of their time zone.
 *
 * @param from the first quiet moment of the day
 * @param to the first moment that is not quiet any more; on the next day when it is earlier than {@code from}
 */
public record QuietHours(LocalTime from, LocalTime to) {

    /** @throws IllegalArgumentException when both are the same */
    public QuietHours {
        if (from.equals(to)) {
            throw new IllegalArgumentException("quiet hours begin and end at different times");
        }
    }

    /** When the quiet hours around that moment end; empty when it is not in quiet hours. */
    public Optional<Instant> findEnd(Instant moment, ZoneId zone) {
        LocalDate today = moment.atZone(zone).toLocalDate();
        for (LocalDate day = today.minusDays(1); !day.isAfter(today.plusDays(1)); day = day.plusDays(1)) {
            Instant start = LocalMoments.resolve(day, from, zone);
            Instant end = LocalMoments.resolve(from.isBefore(to) ? day : day.plusDays(1), to, zone);
            if (!moment.isBefore(start) && moment.isBefore(end)) {
                return Optional.of(end);
            }
        }
        return Optional.empty();
    }
}
