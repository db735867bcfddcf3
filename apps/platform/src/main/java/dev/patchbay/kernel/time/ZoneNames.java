package dev.patchbay.kernel.time;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Reads the zones that people name after a time. A name means the zone, not its offset, because most people write {@code EST}
 * in summer too.
 */
final class ZoneNames {

    private static final Map<String, ZoneId> ZONES = Map.of(
            "e", ZoneId.of("America/New_York"),
            "c", ZoneId.of("America/Chicago"),
            "m", ZoneId.of("America/Denver"),
            "p", ZoneId.of("America/Los_Angeles"));
    private static final Map<String, ZoneId> EUROPEAN = Map.of(
            "cet", ZoneId.of("Europe/Berlin"),
            "cest", ZoneId.of("Europe/Berlin"),
            "mez", ZoneId.of("Europe/Berlin"),
            "mesz", ZoneId.of("Europe/Berlin"),
            "bst", ZoneId.of("Europe/London"));

    private static final Pattern NAME = Pattern.compile("(?<![\\p{L}\\d])(?:([ecmp])[sd]?t|(cest|cet|mesz|mez|bst)"
            + "|(e)astern|(c)entral|(m)ountain|(p)acific)(?:\\s+(?:standard|daylight))?(?:\\s+time)?(?![\\p{L}\\d])");
    private static final Pattern OFFSET = Pattern.compile(
            "(?<![\\p{L}\\d])(?:(?:utc|gmt)\\s?(?:([+-])(\\d{1,2})(?::?(\\d{2}))?)?|z|([+-]\\d{4}))(?![\\p{L}\\d])");

    private ZoneNames() {}

    /**
     * Removes a zone from the text and returns it; empty when the text names none. Some programs write the zone's name after its
     * offset, as in {@code +0000 UTC}; the offset decides.
     *
     * @throws java.time.DateTimeException when no offset is that large
     */
    static Optional<ZoneId> take(TextScanner text) {
        Optional<ZoneId> offset = text.take(OFFSET).map(ZoneNames::offset);
        Optional<ZoneId> named = text.take(NAME)
                .map(ZoneNames::zone)
                .or(() -> offset.isPresent() ? text.take(OFFSET).map(ZoneNames::offset) : Optional.empty());
        return offset.or(() -> named);
    }

    private static ZoneId offset(MatchResult match) {
        if (match.group(4) != null) {
            return ZoneOffset.of(match.group(4));
        }
        if (match.group(1) == null) {
            return ZoneOffset.UTC;
        }
        int minutes = match.group(3) == null ? 0 : Integer.parseInt(match.group(3));
        int sign = match.group(1).equals("-") ? -1 : 1;
        return ZoneOffset.ofHoursMinutes(sign * Integer.parseInt(match.group(2)), sign * minutes);
    }

    private static ZoneId zone(MatchResult match) {
        if (match.group(2) != null) {
            return EUROPEAN.getOrDefault(match.group(2), ZoneOffset.UTC);
        }
        return Optional.ofNullable(match.group(1))
                .or(() -> Optional.ofNullable(match.group(3)))
                .or(() -> Optional.ofNullable(match.group(4)))
                .or(() -> Optional.ofNullable(match.group(5)))
                .or(() -> Optional.ofNullable(match.group(6)))
                .map(ZONES::get)
                .orElse(ZoneOffset.UTC);
    }
}
