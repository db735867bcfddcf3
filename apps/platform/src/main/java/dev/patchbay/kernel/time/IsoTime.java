package dev.patchbay.kernel.time;

import static java.lang.Integer.parseInt;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads ISO-8601 and its common variants: {@code T} or blanks between day and time, an offset with or without a colon, a zone
 * in brackets, and RFC 9557.
 */
final class IsoTime {

    private static final Pattern DAY_AND_TIME = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2}|20\\d{6})(?:(?:[Tt]|,?\\s+)(\\d{2}):?(\\d{2})(?::?(\\d{2})(?:[.,]\\d{1,9})?)?|[Tt](\\d{2}))?"
                    + "\\s*([Zz]|[+-]\\d{2}(?::?\\d{2})?)?(?:\\[([A-Za-z0-9_+/-]+)]|\\s+\\(?([A-Z][A-Za-z_]+/[A-Za-z_/]+)\\)?)?");

    private static final Pattern COMPACT_DAY = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");

    /** ISO-8601 lets a day end at 24:00. */
    private static final Pattern END_OF_DAY = Pattern.compile("(?:[Tt]|,?\\s+)24:00(?::00)?");

    /** A compact day and time, as calendars exchange them (RFC 5545). */
    private static final Pattern COMPACT = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})T(\\d{2})(\\d{2})(\\d{2})?(Z)?");

    private IsoTime() {}

    /**
     * Reads a time.
     *
     * @throws java.time.DateTimeException when there is no such day, time, offset or zone
     */
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
        Matcher day = COMPACT_DAY.matcher(iso.group(1));
        LocalDate date = day.matches()
                ? LocalDate.of(parseInt(day.group(1)), parseInt(day.group(2)), parseInt(day.group(3)))
                : LocalDate.parse(iso.group(1));
        if (END_OF_DAY.matcher(text.substring(iso.end(1))).matches()) {
            return Optional.of(
                    WrittenTime.of(Optional.of(date.plusDays(1)), Optional.of(LocalTime.MIDNIGHT), Optional.empty()));
        }
        var time = Optional.ofNullable(iso.group(2))
                .or(() -> Optional.ofNullable(iso.group(5)))
                .map(hour -> time(hour, iso));
        var zone = Stream.of(6, 7, 8)
                .map(iso::group)
                .filter(Objects::nonNull)
                .findFirst()
                .filter(named -> time.isPresent())
                .map(named -> ZoneId.of(named.equals("z") ? "Z" : named));
        return Optional.of(WrittenTime.of(Optional.of(date), time, zone));
    }

    private static LocalTime time(String hour, Matcher iso) {
        return LocalTime.of(parseInt(hour), number(iso.group(3)), number(iso.group(4)));
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : parseInt(digits);
    }
}
