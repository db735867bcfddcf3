package dev.patchbay.connections.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailureStreakTests {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final OutageSettings SETTINGS = new OutageSettings(
            SECOND, 3, Duration.ofSeconds(30), SECOND, SECOND, SECOND, Duration.ofSeconds(10), 20, SECOND);

    @Test
    void onlyAStreakOfTwoRunsIsSuspicious() {
        var one = FailureStreak.NONE
                .with("run_1", NOON, SETTINGS)
                .with("run_1", NOON, SETTINGS)
                .with("run_1", NOON, SETTINGS);
        assertThat(one.isSuspicious(SETTINGS)).isFalse();
        assertThat(FailureStreak.NONE
                        .with("run_1", NOON, SETTINGS)
                        .with("run_2", NOON, SETTINGS)
                        .isSuspicious(SETTINGS))
                .isFalse();

        var two = one.with("run_2", NOON.plusSeconds(2), SETTINGS);
        assertThat(two.isSuspicious(SETTINGS)).isTrue();
        assertThat(two.failures()).hasSize(3);
        assertThat(two.begin()).isEqualTo(NOON);
    }

    @Test
    void failuresBeforeTheWindowAreForgotten() {
        var late = FailureStreak.NONE
                .with("run_1", NOON, SETTINGS)
                .with("run_2", NOON, SETTINGS)
                .with("run_3", NOON.plusSeconds(30), SETTINGS);
        assertThat(late.failures()).hasSize(1);
        assertThat(late.begin()).isEqualTo(NOON.plusSeconds(30));
    }

    @Test
    void thePaceDoublesUpToItsMaximum() {
        assertThat(SETTINGS.pace(Duration.ZERO)).isEqualTo(1);
        assertThat(SETTINGS.pace(Duration.ofSeconds(20))).isEqualTo(4);
        assertThat(SETTINGS.pace(Duration.ofSeconds(50))).isEqualTo(20);
        assertThat(SETTINGS.pace(Duration.ofDays(365))).isEqualTo(20);
    }
}
