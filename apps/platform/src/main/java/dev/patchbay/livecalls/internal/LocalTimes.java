package dev.patchbay.livecalls.internal;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads times as a language model writes them into arguments. */
final class LocalTimes {

    private LocalTimes() {}

    /**
     * Parses ISO-8601 with an offset, without one (in the client's time zone), or as a day, which begins at midnight. Empty
     * when it is none of these.
     */
    static Optional<OffsetDateTime> parse(String text, ZoneId zone) {
        String iso = text.strip().replace(' ', 'T');
        return attempt(() -> OffsetDateTime.parse(iso).atZoneSameInstant(zone).toOffsetDateTime())
                .or(() -> attempt(() -> LocalDateTime.parse(iso).atZone(zone).toOffsetDateTime()))
                .or(() -> attempt(() -> LocalDate.parse(iso).atStartOfDay(zone).toOffsetDateTime()));
    }

    private static Optional<OffsetDateTime> attempt(Supplier<OffsetDateTime> parser) {
        try {
            return Optional.of(parser.get());
        } catch (DateTimeException otherFormat) {
            return Optional.empty();
        }
    }
}
