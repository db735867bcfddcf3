package dev.patchbay.integrations.highlevel;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Parses HighLevel's timestamps: ISO-8601 with an offset, or Unix milliseconds as a number or a text (both occur in its webhook
 * samples).
 */
final class HighLevelTimestamps {

    /** Years of four digits: other values are not meant as dates, and PostgreSQL cannot store the largest of them. */
    private static final Instant MIN = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant MAX = Instant.parse("9999-12-31T00:00:00Z");

    private HighLevelTimestamps() {}

    /** Empty when the timestamp is missing or of another format. */
    static Optional<Instant> parse(JsonNode timestamp) {
        String text = timestamp.asString("");
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(parseText(text)).filter(HighLevelTimestamps::isInRange);
        } catch (DateTimeException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isInRange(Instant at) {
        return !at.isBefore(MIN) && at.isBefore(MAX);
    }

    private static Instant parseText(String text) {
        return text.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                ? Instant.ofEpochMilli(Long.parseLong(text))
                : OffsetDateTime.parse(text).toInstant();
    }
}
