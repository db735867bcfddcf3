package dev.patchbay.integrations.highlevel;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** HighLevel's points in time: ISO-8601 with an offset, or milliseconds since 1970 as a number or a text. */
final class HighLevelTimestamps {

    /** Where four digits write a year; what is beyond means something else, and far enough beyond no table can hold it. */
    private static final Instant MIN = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant MAX = Instant.parse("9999-12-31T00:00:00Z");

    private HighLevelTimestamps() {}

    /** Empty when it is missing, or not of HighLevel's forms. */
    static Optional<Instant> parse(JsonNode written) {
        String text = written.asString("");
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(parseText(text)).filter(HighLevelTimestamps::isWritable);
        } catch (DateTimeException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isWritable(Instant at) {
        return !at.isBefore(MIN) && at.isBefore(MAX);
    }

    private static Instant parseText(String text) {
        return text.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                ? Instant.ofEpochMilli(Long.parseLong(text))
                : OffsetDateTime.parse(text).toInstant();
    }
}
