package dev.patchbay.flows.internal.live;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Times as a model writes them and as an agent says them, in the client's time zone. */
final class SpokenTime {

    private static final DateTimeFormatter SPOKEN =
            DateTimeFormatter.ofPattern("EEEE d MMMM 'at' HH:mm", Locale.ENGLISH);

    private SpokenTime() {}

    /** For example {@code Tuesday 24 November at 10:30}. */
    static String say(OffsetDateTime time, ZoneId zone) {
        return SPOKEN.format(time.atZoneSameInstant(zone));
    }

    /** Reads a time with or without offset, or a day, which begins at midnight; empty when it is none of these. */
    static Optional<OffsetDateTime> read(String written, ZoneId zone) {
        String iso = written.strip().replace(' ', 'T');
        return attempt(() -> OffsetDateTime.parse(iso).atZoneSameInstant(zone).toOffsetDateTime())
                .or(() -> attempt(() -> LocalDateTime.parse(iso).atZone(zone).toOffsetDateTime()))
                .or(() -> attempt(() -> LocalDate.parse(iso).atStartOfDay(zone).toOffsetDateTime()));
    }

    private interface Reading {
        OffsetDateTime read();
    }

    private static Optional<OffsetDateTime> attempt(Reading reading) {
        try {
            return Optional.of(reading.read());
        } catch (DateTimeException another) {
            return Optional.empty();
        }
    }
}
