package dev.patchbay.flowlanguage.expression;

import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import java.util.Locale;
import java.util.regex.Pattern;

/** {@code strftime} in the C locale (POSIX). */
final class StrfTime {

    private static final int DAYS_OF_A_WEEK = 7;
    private static final int CENTURY = 100;

    /** The zeros and blanks that {@code %-d} leaves out, as glibc has it. */
    private static final Pattern UNPADDED = Pattern.compile("^[0 ]+(?=\\d)");

    private StrfTime() {}

    static String format(ZonedDateTime time, String format) {
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < format.length(); index++) {
            char sign = format.charAt(index);
            if (sign != '%') {
                text.append(sign);
            } else if (++index == format.length()) {
                throw new DateTimeException("strftime/1: unknown system failure");
            } else if (format.charAt(index) == '-' && index + 1 < format.length()) {
                text.append(
                        UNPADDED.matcher(field(time, format.charAt(++index))).replaceFirst(""));
            } else {
                text.append(field(time, format.charAt(index)));
            }
        }
        return text.toString();
    }

    private static String field(ZonedDateTime time, char field) {
        return switch (field) {
            case 'Y' -> Integer.toString(time.getYear());
            case 'C' -> two(time.getYear() / CENTURY);
            case 'y' -> two(Math.floorMod(time.getYear(), CENTURY));
            case 'm' -> two(time.getMonthValue());
            case 'd' -> two(time.getDayOfMonth());
            case 'e' -> padded(time.getDayOfMonth(), "%2d");
            case 'j' -> padded(time.getDayOfYear(), "%03d");
            case 'H' -> two(time.getHour());
            case 'k' -> padded(time.getHour(), "%2d");
            case 'I' -> two(time.get(ChronoField.CLOCK_HOUR_OF_AMPM));
            case 'l' -> padded(time.get(ChronoField.CLOCK_HOUR_OF_AMPM), "%2d");
            case 'M' -> two(time.getMinute());
            case 'S' -> two(time.getSecond());
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case 'P' -> time.getHour() < 12 ? "am" : "pm";
            case 's' -> Long.toString(time.toEpochSecond());
            case 'Z' -> zoneName(time);
            case 'z' -> DateTimeFormatter.ofPattern("xx", Locale.ROOT).format(time);
            case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'b', 'h' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'u' -> Integer.toString(time.getDayOfWeek().getValue());
            case 'w' -> Integer.toString(time.getDayOfWeek().getValue() % DAYS_OF_A_WEEK);
            case 'V' -> two(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'G' -> Integer.toString(time.get(IsoFields.WEEK_BASED_YEAR));
            case 'g' -> two(Math.floorMod(time.get(IsoFields.WEEK_BASED_YEAR), CENTURY));
            case 'U' -> two(time.get(WeekFields.SUNDAY_START.weekOfYear()) - sundayShift(time));
            case 'T', 'X' -> format(time, "%H:%M:%S");
            case 'R' -> format(time, "%H:%M");
            case 'r' -> format(time, "%I:%M:%S %p");
            case 'D', 'x' -> format(time, "%m/%d/%y");
            case 'F' -> format(time, "%Y-%m-%d");
            case 'c' -> format(time, "%a %b %e %H:%M:%S %Y");
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            default -> throw new DateTimeException("strftime/1 does not know %" + field);
        };
    }

    /** Days before the first Sunday are in week 0. */
    private static int sundayShift(ZonedDateTime time) {
        int firstDay = time.withDayOfYear(1).getDayOfWeek().getValue() % DAYS_OF_A_WEEK;
        return firstDay == 0 ? 0 : 1;
    }

    private static String zoneName(ZonedDateTime time) {
        String name = DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(time);
        return name.equals("Z") ? "UTC" : name;
    }

    private static String two(int number) {
        return padded(number, "%02d");
    }

    private static String padded(int number, String pattern) {
        return String.format(Locale.ROOT, pattern, number);
    }
}
