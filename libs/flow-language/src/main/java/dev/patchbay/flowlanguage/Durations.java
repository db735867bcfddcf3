package dev.patchbay.flowlanguage;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Parses durations of the standard: ISO-8601 text without years and months, or a mapping of units. */
final class Durations {

    private static final Pattern WEEKS = Pattern.compile("P(\\d+)W(.*)");

    private Durations() {}

    /** @throws RuntimeException when the number is too large for a {@link Duration} */
    static Duration of(JsonNode node) {
        if (node.isObject()) {
            return Duration.ofDays(node.path("days").asLong(0))
                    .plusHours(node.path("hours").asLong(0))
                    .plusMinutes(node.path("minutes").asLong(0))
                    .plusSeconds(node.path("seconds").asLong(0))
                    .plusMillis(node.path("milliseconds").asLong(0));
        }
        Matcher weeks = WEEKS.matcher(node.stringValue());
        if (!weeks.matches()) {
            return Duration.parse(node.stringValue());
        }
        Duration first = Duration.ofDays(Math.multiplyExact(7L, Long.parseLong(weeks.group(1))));
        return weeks.group(2).isEmpty() ? first : first.plus(Duration.parse("P" + weeks.group(2)));
    }
}
