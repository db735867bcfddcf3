package dev.patchbay.notifications;

import dev.patchbay.kernel.NoticeSeverity;
import dev.patchbay.kernel.NoticeTopic;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a person wants notices that are not critical.
 *
 * @param zone of the quiet hours and digests
 * @param digestAt the times of day of the digests, at least one
 * @param mail the choices that the person made; the others follow from a notice's severity
 */
public record NoticePreferences(
        ZoneId zone, Optional<QuietHours> quietHours, List<LocalTime> digestAt, Map<NoticeTopic, DeliveryChoice> mail) {

    /** The preferences of a person who has set none. */
    public static final NoticePreferences DEFAULT =
            new NoticePreferences(ZoneId.of("UTC"), Optional.empty(), List.of(LocalTime.of(8, 0)), Map.of());

    /** How the person wants a notice of that topic and severity by mail; a critical one at once, whatever they chose. */
    public DeliveryChoice choice(NoticeTopic topic, NoticeSeverity severity) {
        return severity == NoticeSeverity.CRITICAL
                ? DeliveryChoice.NOW
                : mail.getOrDefault(topic, DeliveryChoice.defaultFor(severity));
    }

    /** When the quiet hours around that moment end; empty when it is not in quiet hours. */
    public Optional<Instant> findQuietEnd(Instant moment) {
        return quietHours.flatMap(hours -> hours.findEnd(moment, zone));
    }

    /** The first digest after that moment; one that falls into quiet hours waits for their end. */
    public Instant nextDigest(Instant moment) {
        LocalDate today = moment.atZone(zone).toLocalDate();
        Instant next = Stream.iterate(today, day -> day.plusDays(1))
                .flatMap(day -> digestAt.stream().sorted().map(time -> LocalMoments.resolve(day, time, zone)))
                .filter(digest -> digest.isAfter(moment))
                .findFirst()
                .orElseThrow();
        return findQuietEnd(next).orElse(next);
    }
}
