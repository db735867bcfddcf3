package dev.patchbay.sandbox.google;

import dev.patchbay.sandbox.core.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** Parses times in Google's formats: a timestamp with its offset, a local time with a zone, or a date. */
final class GoogleTimes {

    /** Every query reads all events of a calendar, which may be thousands, so each time is parsed once. */
    private static final Map<JsonNode, Optional<Instant>> CACHE = new ConcurrentHashMap<>();

    private GoogleTimes() {}

    /**
     * Parses the start or end of an event, {@code {dateTime, timeZone}} or {@code {date}}. A date begins at midnight UTC.
     *
     * @return empty when it is invalid, or a local time without a zone
     */
    static Optional<Instant> parseEventTime(JsonNode time) {
        Optional<Instant> cached = CACHE.get(time);
        return cached != null ? cached : CACHE.computeIfAbsent(time.deepCopy(), GoogleTimes::parse);
    }

    private static Optional<Instant> parse(JsonNode time) {
        try {
            if (time.has("date")) {
                return Optional.of(
                        LocalDate.parse(Json.text(time, "date")).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            TemporalAccessor dateTime = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    Json.text(time, "dateTime"), OffsetDateTime::from, LocalDateTime::from);
            ZoneId zone = dateTime instanceof OffsetDateTime offset
                    ? offset.getOffset()
                    : ZoneId.of(Json.text(time, "timeZone"));
            return Optional.of(LocalDateTime.from(dateTime).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Parses {@code timeMin} or {@code timeMax}, a timestamp with its offset (RFC 3339).
     *
     * @throws dev.patchbay.sandbox.core.VendorError 400 when it is invalid or has no offset
     */
    static Instant parseTimestamp(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw GoogleErrors.error(400, "badRequest", "Bad Request");
        }
    }
}
