package dev.patchbay.notifications.web;

import dev.patchbay.kernel.NoticeSeverity;
import dev.patchbay.kernel.NoticeTopic;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.notifications.DeliveryChoice;
import dev.patchbay.notifications.NoticePreferences;
import dev.patchbay.notifications.QuietHours;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A person's preferences.
 *
 * @param zone IANA name of the time zone of the quiet hours and digests
 * @param quietHours in which nothing but critical notices is mailed; null for none
 * @param digestAt times of day, {@code HH:mm}, one to four
 * @param mail {@code off}, {@code now} or {@code digest} by topic; a topic that is left out follows its severity
 */
record PreferencesRequest(
        @Nullable String zone,
        @Nullable QuietHoursRequest quietHours,
        @Nullable List<@Nullable String> digestAt,
        @Nullable Map<String, @Nullable String> mail) {

    private static final int MAX_DIGESTS = 4;

    /** Times of day, {@code HH:mm}; {@code to} is on the next day when it is earlier. */
    record QuietHoursRequest(
            @Nullable String from, @Nullable String to) {}

    /** @throws Problem {@code 422.variables_invalid} */
    NoticePreferences toPreferences() {
        List<LocalTime> digests = Objects.requireNonNullElse(digestAt, List.<@Nullable String>of()).stream()
                .map(text -> time("digestAt", text))
                .distinct()
                .sorted()
                .toList();
        if (digests.isEmpty() || digests.size() > MAX_DIGESTS) {
            throw invalid("Give digestAt, one to four times of day like 08:00.");
        }
        return new NoticePreferences(
                parseZone(), Optional.ofNullable(quietHours).map(PreferencesRequest::quietHours), digests, choices());
    }

    private ZoneId parseZone() {
        String name = Objects.requireNonNullElse(zone, "");
        // Region names only: an offset knows no change of clocks.
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw invalid("Give zone as the name of an IANA time zone, like Europe/Berlin.");
        }
        return ZoneId.of(name);
    }

    private static QuietHours quietHours(QuietHoursRequest hours) {
        LocalTime from = time("quietHours.from", hours.from());
        LocalTime to = time("quietHours.to", hours.to());
        if (from.equals(to)) {
            throw invalid("Quiet hours begin and end at different times; leave them out for none.");
        }
        return new QuietHours(from, to);
    }

    private static LocalTime time(String member, @Nullable String text) {
        try {
            LocalTime time = LocalTime.parse(Objects.requireNonNullElse(text, ""));
            if (time.equals(LocalTime.of(time.getHour(), time.getMinute()))) {
                return time;
            }
        } catch (DateTimeException malformed) {
            // Answered below, as a time with seconds is.
        }
        throw invalid("Give " + member + " as a time of day like 08:00.");
    }

    private Map<NoticeTopic, DeliveryChoice> choices() {
        Map<NoticeTopic, DeliveryChoice> choices = new EnumMap<>(NoticeTopic.class);
        Objects.requireNonNullElse(mail, Map.<String, @Nullable String>of()).forEach((label, text) -> {
            NoticeTopic topic =
                    NoticeTopic.findByLabel(label).orElseThrow(() -> invalid("There is no topic " + label + "."));
            if (topic.severity() == NoticeSeverity.CRITICAL) {
                throw invalid("The topic " + label + " is critical: it is mailed at once, and cannot be chosen.");
            }
            choices.put(topic, choice(label, text));
        });
        return choices;
    }

    private static DeliveryChoice choice(String label, @Nullable String text) {
        return Arrays.stream(DeliveryChoice.values())
                .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> invalid("Choose off, now or digest for " + label + "."));
    }

    private static Problem invalid(String sentence) {
        return new Problem(ProblemType.VARIABLES_INVALID, sentence);
    }
}
