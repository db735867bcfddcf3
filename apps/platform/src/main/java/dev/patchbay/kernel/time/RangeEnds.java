package dev.patchbay.kernel.time;

import java.text.Normalizer;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a range whose ends a text names: “Tuesday between 2 and 4 PM”, “after 3 PM on Friday”, {@code 2031-03-03/2031-03-05}.
 */
final class RangeEnds {

    private static final Pattern MERIDIEM = Pattern.compile("(?<=[\\d\\s])[ap]\\.?\\s?m\\b");

    private final TimeReader reader;
    private final TextPatterns patterns;
    private final String text;

    RangeEnds(TimeReader reader, Locale locale, String written) {
        this.reader = reader;
        this.patterns = TextPatterns.of(locale);
        this.text = Normalizer.normalize(written, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", " ")
                .strip();
    }

    Optional<TimeRange> read() {
        return readBoth().or(this::readFirst).or(this::readLast);
    }

    private Optional<TimeRange> readBoth() {
        return patterns.betweenEnds
                .matcher(text)
                .results()
                .flatMap(gap ->
                        readBoth(text.substring(0, gap.start()), text.substring(gap.end()), gap.group(1) != null)
                                .stream())
                .findFirst();
    }

    /** @param opened whether the ends belong together only after a word such as “between” */
    private Optional<TimeRange> readBoth(String first, String last, boolean opened) {
        Matcher opening = patterns.word("rangeFrom").matcher(first);
        boolean isOpen = opening.find();
        if (opened && !isOpen) {
            return Optional.empty();
        }
        String day = isOpen ? first.substring(0, opening.start()) : "";
        String begin = isOpen ? first.substring(opening.end()) : first;
        TimeReading end = readEnd("", last);
        return meridiem(begin, last)
                .flatMap(named -> range(readEnd(day, begin + named), end))
                .or(() -> range(readEnd(day, begin), end));
    }

    /** Returns “pm” for the 2 in “2 to 4 pm”. */
    private static Optional<String> meridiem(String begin, String last) {
        Matcher named = MERIDIEM.matcher(last);
        return !MERIDIEM.matcher(begin).find() && named.find() ? Optional.of(" " + named.group()) : Optional.empty();
    }

    /** Joins two ends. “Friday to Tuesday” ends in the week after its Friday. */
    private Optional<TimeRange> range(TimeReading begin, TimeReading end) {
        Optional<OffsetDateTime> from = begin instanceof TimeReading.TimeOfDay(LocalTime time)
                ? reader.localDay(end).flatMap(day -> onDay(day, time))
                : reader.begin(begin);
        Optional<OffsetDateTime> until = end instanceof TimeReading.TimeOfDay(LocalTime time)
                ? reader.localDay(begin).flatMap(day -> onDay(day, time))
                : reader.end(end);
        boolean areDays = begin instanceof TimeReading.Day && end instanceof TimeReading.Day;
        return from.flatMap(first -> until.map(last -> areDays && !first.isBefore(last) ? last.plusWeeks(1) : last)
                .filter(first::isBefore)
                .map(last -> new TimeRange(first, last)));
    }

    private Optional<OffsetDateTime> onDay(LocalDate day, LocalTime time) {
        return reader.readFrom(day + "T" + time);
    }

    /** Reads the rest of a day from a time on. */
    private Optional<TimeRange> readFirst() {
        return readMoment("notBefore")
                .map(from ->
                        new TimeRange(from, reader.midnight(from.toLocalDate().plusDays(1))));
    }

    /** Reads a day until a time. */
    private Optional<TimeRange> readLast() {
        return readMoment("notAfter")
                .map(until -> new TimeRange(reader.midnight(until.toLocalDate()), until))
                .filter(range -> range.from().isBefore(range.until()));
    }

    private Optional<OffsetDateTime> readMoment(String key) {
        Matcher word = patterns.word(key).matcher(text);
        return word.find()
                        && readEnd(text.substring(0, word.start()), text.substring(word.end()))
                                instanceof TimeReading.Moment moment
                ? Optional.of(moment.time())
                : Optional.empty();
    }

    /** Reads one end; an hour alone, as the 2 in “between 2 and 4”, is a time. */
    private TimeReading readEnd(String day, String time) {
        return Stream.of(" ", " at ")
                .map(word -> reader.read((day + word + time).strip()))
                .filter(reading -> !(reading instanceof TimeReading.Unreadable))
                .findFirst()
                .orElseGet(() -> new TimeReading.Unreadable(time));
    }
}
