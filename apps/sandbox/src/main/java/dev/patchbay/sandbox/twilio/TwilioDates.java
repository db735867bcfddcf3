package dev.patchbay.sandbox.twilio;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates in RFC 2822, as Twilio's API has them: {@code Mon, 30 Nov 2026 12:00:00 +0000}. */
final class TwilioDates {

    private TwilioDates() {}

    static String format(Instant instant) {
        return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.US)
                .format(instant.atOffset(ZoneOffset.UTC));
    }

    static Instant parse(String date) {
        return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
    }

    /** The day, in GMT, of a date in RFC 2822. */
    static LocalDate parseDay(String date) {
        return LocalDate.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
    }
}
