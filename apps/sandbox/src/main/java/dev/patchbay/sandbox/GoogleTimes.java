package dev.patchbay.sandbox;

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

/** When an event starts and ends, in Google's spellings: an instant, a local time with a zone, or a day. */
final class GoogleTimes {

    /** A calendar of thousands of events is gone through for every question: what was read once is not read again. */
    private static final Map<JsonNode, Optional<Instant>> READ = new ConcurrentHashMap<>();

    private GoogleTimes() {}

    /** Empty when it cannot be understood: a local time without a zone belongs nowhere. */
    static Optional<Instant> instant(JsonNode point) {
        Optional<Instant> known = READ.get(point);
        return known != null ? known : READ.computeIfAbsent(point.deepCopy(), GoogleTimes::read);
    }

    private static Optional<Instant> read(JsonNode point) {
        try {
            if (point.has("date")) {
                return Optional.of(
                        LocalDate.parse(Json.text(point, "date")).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    Json.text(point, "dateTime"), OffsetDateTime::from, LocalDateTime::from);
            ZoneId zone = time instanceof OffsetDateTime offset
                    ? offset.getOffset()
                    : ZoneId.of(Json.text(point, "timeZone"));
            return Optional.of(LocalDateTime.from(time).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** An instant with its offset, as {@code timeMin} and {@code timeMax} demand; empty when it has none. */
    static Optional<Instant> rfc3339(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
