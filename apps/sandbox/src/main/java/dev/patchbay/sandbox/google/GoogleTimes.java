package dev.patchbay.sandbox.google;

import dev.patchbay.sandbox.core.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** Parses times in Google's formats: a timestamp with its offset, a local time with a zone, or a date. */
final class GoogleTimes {

    /** Every query reads all events of a calendar, which may be thousands, so each time is parsed once. */
    private static final Map<Key, Optional<Instant>> CACHE = new ConcurrentHashMap<>();

    private record Key(JsonNode time, ZoneId zone) {}

    private GoogleTimes() {}

    /**
     * Parses the start or end of an event, {@code {dateTime, timeZone}} or {@code {date}}.
     *
     * @param zone of the calendar, in which a date begins and ends
     * @return empty when it is invalid, in a zone that is no IANA name, or a local time without a zone
     */
    static Optional<Instant> parseEventTime(JsonNode time, ZoneId zone) {
        Optional<Instant> cached = CACHE.get(new Key(time, zone));
        return cached != null ? cached : CACHE.computeIfAbsent(new Key(time.deepCopy(), zone), GoogleTimes::parse);
    }

    /** The zone of a calendar. */
    static ZoneId zone(JsonNode calendar) {
        return ZoneId.of(Json.find(calendar, "timeZone").orElse("UTC"));
    }

    /** Google knows zones by their IANA names; an offset is none. */
    static boolean isZone(String name) {
        return ZoneId.getAvailableZoneIds().contains(name);
    }

    private static Optional<Instant> parse(Key key) {
        JsonNode time = key.time();
        try {
            if (time.has("date")) {
                return Optional.of(LocalDate.parse(Json.text(time, "date"))
                        .atStartOfDay(key.zone())
                        .toInstant());
            }
            if (time.has("timeZone") && !isZone(Json.text(time, "timeZone"))) {
                return Optional.empty();
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
