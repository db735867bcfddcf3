package dev.patchbay.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.kernel.NoticeSeverity;
import dev.patchbay.kernel.NoticeTopic;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quiet hours and digests by a person's local clock, on the days on which clocks change too. */
class NoticePreferencesTests {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static NoticePreferences quiet(String from, String to, ZoneId zone) {
        return new NoticePreferences(
                zone,
                Optional.of(new QuietHours(LocalTime.parse(from), LocalTime.parse(to))),
                List.of(LocalTime.of(8, 0)),
                Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        // An ordinary night, and a quiet lunch.
        "22:00, 07:00, 2026-11-10T20:59:59Z, ",
        "22:00, 07:00, 2026-11-10T21:00:00Z, 2026-11-11T06:00:00Z",
        "22:00, 07:00, 2026-11-11T05:59:59Z, 2026-11-11T06:00:00Z",
        "22:00, 07:00, 2026-11-11T06:00:00Z, ",
        "12:00, 13:00, 2026-11-11T11:30:00Z, 2026-11-11T12:00:00Z",
        // Clocks go forward at 2:00 on 29 March 2026: the night has an hour less, and 2:30 does not exist.
        "22:00, 07:00, 2026-03-28T21:00:00Z, 2026-03-29T05:00:00Z",
        "22:00, 02:30, 2026-03-29T00:59:59Z, 2026-03-29T01:00:00Z",
        "22:00, 02:30, 2026-03-29T01:00:00Z, ",
        "02:30, 07:00, 2026-03-29T01:00:00Z, 2026-03-29T05:00:00Z",
        "02:15, 02:45, 2026-03-29T01:00:00Z, ",
        // Clocks go back at 3:00 on 25 October 2026: the night has an hour more, and 2:30 comes twice.
        "22:00, 07:00, 2026-10-24T20:00:00Z, 2026-10-25T06:00:00Z",
        "22:00, 02:30, 2026-10-25T00:29:59Z, 2026-10-25T00:30:00Z",
        "22:00, 02:30, 2026-10-25T01:15:00Z, ",
        "02:30, 07:00, 2026-10-25T00:30:00Z, 2026-10-25T06:00:00Z",
        "02:30, 02:45, 2026-10-25T01:35:00Z, "
    })
    void quietHoursEndByTheLocalClock(String from, String to, Instant moment, Instant end) {
        assertThat(quiet(from, to, BERLIN).findQuietEnd(moment)).isEqualTo(Optional.ofNullable(end));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-10T06:59:59Z, 2026-11-10T07:00:00Z",
        "2026-11-10T07:00:00Z, 2026-11-11T07:00:00Z",
        "2026-03-28T20:00:00Z, 2026-03-29T06:00:00Z",
        "2026-10-24T20:00:00Z, 2026-10-25T07:00:00Z"
    })
    void digestsComeByTheLocalClock(Instant moment, Instant next) {
        var preferences = new NoticePreferences(BERLIN, Optional.empty(), List.of(LocalTime.of(8, 0)), Map.of());
        assertThat(preferences.nextDigest(moment)).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({
        // 2:30 does not exist on that day: the digest comes at 3:00, once.
        "2026-03-29T00:00:00Z, 2026-03-29T01:00:00Z",
        "2026-03-29T01:00:00Z, 2026-03-30T00:30:00Z",
        // 2:30 comes twice on that day: the digest comes the first time only.
        "2026-10-25T00:00:00Z, 2026-10-25T00:30:00Z",
        "2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
        "2026-10-25T01:00:00Z, 2026-10-26T01:30:00Z"
    })
    void aDigestAtATimeThatChangesComesOnce(Instant moment, Instant next) {
        var preferences = new NoticePreferences(BERLIN, Optional.empty(), List.of(LocalTime.of(2, 30)), Map.of());
        assertThat(preferences.nextDigest(moment)).isEqualTo(next);
    }

    @Test
    void aDigestInQuietHoursWaitsForTheirEnd() {
        assertThat(quiet("22:00", "09:00", BERLIN).nextDigest(Instant.parse("2026-11-10T12:00:00Z")))
                .isEqualTo("2026-11-11T08:00:00Z");
    }

    @Test
    void quietHoursNeverEndInThePastAndNeverTwice() {
        var random = new Random(20_261_130);
        for (int attempt = 0; attempt < 5_000; attempt++) {
            LocalTime from = LocalTime.MIN.plusMinutes(random.nextInt(1440));
            var hours = new QuietHours(from, from.plusMinutes(1 + random.nextInt(1439)));
            Instant moment = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(60L * random.nextInt(3 * 365 * 24 * 60));
            for (String zone : List.of("Europe/Berlin", "America/Chicago", "Australia/Lord_Howe", "Asia/Kolkata")) {
                hours.findEnd(moment, ZoneId.of(zone)).ifPresent(end -> {
                    assertThat(end).isAfter(moment);
                    assertThat(hours.findEnd(end, ZoneId.of(zone))).isEmpty();
                });
            }
        }
    }

    @Test
    void criticalNoticesAreNotChosen() {
        var preferences = new NoticePreferences(
                BERLIN,
                Optional.empty(),
                List.of(LocalTime.NOON),
                Map.of(
                        NoticeTopic.DRIFT_FOUND, DeliveryChoice.NOW,
                        NoticeTopic.CONNECTION_DOWN, DeliveryChoice.OFF));
        assertThat(preferences.choice(NoticeTopic.CONNECTION_DOWN, NoticeSeverity.CRITICAL))
                .isEqualTo(DeliveryChoice.NOW);
        assertThat(preferences.choice(NoticeTopic.DRIFT_FOUND, NoticeSeverity.INFO))
                .isEqualTo(DeliveryChoice.NOW);
        assertThat(preferences.choice(NoticeTopic.DRAFT_READY, NoticeSeverity.INFO))
                .isEqualTo(DeliveryChoice.DIGEST);
        assertThat(preferences.choice(NoticeTopic.DEAD_LETTERS_GROWING, NoticeSeverity.WARNING))
                .isEqualTo(DeliveryChoice.NOW);
    }

    @Test
    void quietHoursBeginAndEndAtDifferentTimes() {
        assertThatThrownBy(() -> new QuietHours(LocalTime.NOON, LocalTime.NOON))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
