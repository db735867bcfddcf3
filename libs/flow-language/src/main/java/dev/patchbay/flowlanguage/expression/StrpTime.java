package dev.patchbay.flowlanguage.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * {@code strptime} in the C locale (POSIX). As in jq an offset or a zone that the text names is read and left out of account.
 */
final class StrpTime {

    private static final Pattern ZONE = Pattern.compile("[A-Za-z]+");
    private static final Pattern OFFSET = Pattern.compile("Z|[+-]\\d{2}:?(?:\\d{2})?");
    private static final int CENTURY = 100;
    private static final int FIRST_YEAR_OF_1900S = 69;
    private static final int NOON = 12;

    private final String text;
    private final String format;
    private int position;
    private int year = 1900;
    private int month = 1;
    private int day = 1;
    private int hour;
    private int minute;
    private int second;
    private int dayOfYear;
    private boolean afternoon;
    private boolean halves;

    private StrpTime(String text, String format) {
        this.text = text;
        this.format = format;
    }

    /** The broken-down time. */
    static JsonNode parse(String text, String format) {
        var parsing = new StrpTime(text, format);
        parsing.read(format);
        if (parsing.position < text.length()) {
            throw parsing.mismatch();
        }
        return BrokenDownTime.of(parsing.time(), 0);
    }

    private LocalDateTime time() {
        int hours = halves ? hour % NOON + (afternoon ? NOON : 0) : hour;
        LocalDateTime midnight = dayOfYear > 0
                ? LocalDateTime.of(year, 1, 1, 0, 0).withDayOfYear(dayOfYear)
                : LocalDateTime.of(year, month, day, 0, 0);
        return midnight.plusHours(hours).plusMinutes(minute).plusSeconds(second);
    }

    private void read(String fields) {
        for (int index = 0; index < fields.length(); index++) {
            char sign = fields.charAt(index);
            if (Character.isWhitespace(sign)) {
                skipBlanks();
            } else if (sign == '%' && index + 1 < fields.length()) {
                readField(fields.charAt(++index));
            } else {
                expect(sign);
            }
        }
    }

    private void readField(char field) {
        switch (field) {
            case 'Y' -> year = number(4);
            case 'y' -> {
                int twoDigits = number(2);
                year = twoDigits + (twoDigits < FIRST_YEAR_OF_1900S ? 2000 : 1900);
            }
            case 'C' -> year = number(2) * CENTURY + year % CENTURY;
            case 'm' -> month = number(2);
            case 'd', 'e' -> day = number(2);
            case 'j' -> dayOfYear = number(3);
            case 'H', 'k' -> hour = number(2);
            case 'I', 'l' -> {
                hour = number(2);
                halves = true;
            }
            case 'M' -> minute = number(2);
            case 'S' -> second = number(2);
            case 'p', 'P' -> afternoon = name(new String[] {"AM", "PM"}) == 1;
            case 'B', 'b', 'h' ->
                month = 1 + name(names(Month.values(), month -> month.getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
            case 'A', 'a' -> name(names(DayOfWeek.values(), it -> it.getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
            case 'Z' -> take(ZONE);
            case 'z' -> take(OFFSET);
            case 's' -> readSeconds();
            case 'T' -> read("%H:%M:%S");
            case 'R' -> read("%H:%M");
            case 'r' -> read("%I:%M:%S %p");
            case 'D' -> read("%m/%d/%y");
            case 'F' -> read("%Y-%m-%d");
            case 'n', 't' -> skipBlanks();
            case 'u', 'w' -> number(1);
            case '%' -> expect('%');
            default -> throw new DateTimeException("strptime/1 does not know %" + field);
        }
    }

    private void readSeconds() {
        LocalDateTime time = LocalDateTime.ofInstant(
                Instant.ofEpochSecond(Long.parseLong(take(Pattern.compile("\\d{1,12}")))), ZoneOffset.UTC);
        year = time.getYear();
        month = time.getMonthValue();
        day = time.getDayOfMonth();
        hour = time.getHour();
        minute = time.getMinute();
        second = time.getSecond();
    }

    private static <T> String[] names(T[] values, Function<T, String> name) {
        return Arrays.stream(values).map(name).toArray(String[]::new);
    }

    /** The index of the name, whole or its first three letters, in any case. */
    private int name(String[] names) {
        String rest = text.substring(position).toLowerCase(Locale.ROOT);
        int found = IntStream.range(0, names.length)
                .filter(index -> rest.startsWith(prefix(names[index])))
                .findFirst()
                .orElseThrow(this::mismatch);
        String whole = names[found].toLowerCase(Locale.ROOT);
        position += rest.startsWith(whole) ? whole.length() : prefix(whole).length();
        return found;
    }

    private static String prefix(String name) {
        return name.substring(0, Math.min(3, name.length())).toLowerCase(Locale.ROOT);
    }

    private int number(int maxDigits) {
        skipBlanks();
        return Integer.parseInt(take(Pattern.compile("\\d{1," + maxDigits + "}")));
    }

    private String take(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            throw mismatch();
        }
        position = matcher.end();
        return matcher.group();
    }

    private void expect(char sign) {
        if (position >= text.length() || text.charAt(position) != sign) {
            throw mismatch();
        }
        position++;
    }

    private void skipBlanks() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private DateTimeException mismatch() {
        return new DateTimeException("date \"%s\" does not match format \"%s\"".formatted(text, format));
    }
}
