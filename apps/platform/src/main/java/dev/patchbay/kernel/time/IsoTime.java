package dev.patchbay.kernel.time;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ISO-8601 and what is usually taken for it: {@code T} or blanks between day and time, an offset with or without a colon, a zone
 * in brackets, RFC 9557.
 */
final class IsoTime {

    private static final Pattern DAY_AND_TIME = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})(?:(?:[Tt]|,?\\s+)(\\d{2}):?(\\d{2})(?::?(\\d{2})(?:[.,]\\d{1,9})?)?)?"
                    + "\\s*([Zz]|[+-]\\d{2}(?::?\\d{2})?)?(?:\\[([A-Za-z0-9_+/-]+)])?");

    /** A compact day and time, as calendars exchange them (RFC 5545). */
    private static final Pattern COMPACT = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})T(\\d{2})(\\d{2})(\\d{2})?(Z)?");

    private IsoTime() {}

    /** @throws java.time.DateTimeException when there is no such day, time, offset or zone */
    static Optional<WrittenTime> read(String written) {
        String text = written.strip();
        Matcher compact = COMPACT.matcher(text);
        if (compact.matches()) {
            return read("%s-%s-%sT%s:%s%s"
                    .formatted(
                            compact.group(1),
                            compact.group(2),
                            compact.group(3),
                            compact.group(4),
                            compact.group(5),
                            Optional.ofNullable(compact.group(7)).orElse("")));
        }
        Matcher iso = DAY_AND_TIME.matcher(text);
        if (!iso.matches()) {
            return Optional.empty();
        }
        var time = Optional.ofNullable(iso.group(2)).map(hour -> time(iso));
        var zone = Optional.ofNullable(iso.group(5))
                .or(() -> Optional.ofNullable(iso.group(6)))
                .filter(named -> time.isPresent())
                .map(named -> ZoneId.of(named.equals("z") ? "Z" : named));
        return Optional.of(WrittenTime.of(Optional.of(LocalDate.parse(iso.group(1))), time, zone));
    }

    private static LocalTime time(Matcher iso) {
        int second = iso.group(4) == null ? 0 : Integer.parseInt(iso.group(4));
        return LocalTime.of(Integer.parseInt(iso.group(2)), Integer.parseInt(iso.group(3)), second);
    }
}
