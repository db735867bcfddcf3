package dev.patchbay.flowlanguage.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** jq's broken-down time in UTC: year, month from 0, day, hours, minutes, seconds, weekday from Sunday, day of the year from 0. */
final class BrokenDownTime {

    private static final int DAYS_OF_A_WEEK = 7;
    private static final int REQUIRED = 6;

    private BrokenDownTime() {}

    static Instant instant(double seconds) {
        double whole = Math.floor(seconds);
        return Instant.ofEpochSecond((long) whole, Math.round((seconds - whole) * 1e9));
    }

    static ArrayNode of(double seconds) {
        LocalDateTime time = LocalDateTime.ofInstant(instant(Math.floor(seconds)), ZoneOffset.UTC);
        return of(time, seconds - Math.floor(seconds));
    }

    /** @param fraction of a second */
    static ArrayNode of(LocalDateTime time, double fraction) {
        ArrayNode parts = JsonNodeFactory.instance
                .arrayNode()
                .add(time.getYear())
                .add(time.getMonthValue() - 1)
                .add(time.getDayOfMonth())
                .add(time.getHour())
                .add(time.getMinute());
        if (fraction == 0) {
            parts.add(time.getSecond());
        } else {
            parts.add(Math.rint((time.getSecond() + fraction) * 1e6) / 1e6);
        }
        return parts.add(time.getDayOfWeek().getValue() % DAYS_OF_A_WEEK).add(time.getDayOfYear() - 1);
    }

    static LocalDateTime read(JsonNode parts, String function) {
        if (!parts.isArray() || parts.size() < REQUIRED) {
            throw new DateTimeException(function + " requires array of 6 numbers");
        }
        for (JsonNode part : parts) {
            if (!part.isNumber()) {
                throw new DateTimeException(function + " requires parsed datetime inputs");
            }
        }
        // As timegm does: what lies outside its range moves the time on.
        return LocalDateTime.of(parts.get(0).intValue(), 1, 1, 0, 0)
                .plusMonths(parts.get(1).longValue())
                .plusDays(parts.get(2).longValue() - 1)
                .plusHours(parts.get(3).longValue())
                .plusMinutes(parts.get(4).longValue())
                .plusSeconds((long) Math.floor(parts.get(5).doubleValue()));
    }
}
