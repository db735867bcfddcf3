package dev.patchbay.usage.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsageBatchTests {

    private static final Instant FROM = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-10-02T00:00:00Z");

    private static boolean isLate(@Nullable Instant from, @Nullable Instant to, Instant moment) {
        return new UsageBatch(new TenantId("ten_1"), new ConnectionId("con_1"), List.of(), List.of(), from, to)
                .isLate(moment);
    }

    @Test
    void newUsageOfATimeThatWasCollectedIsLate() {
        assertThat(isLate(FROM, TO, FROM)).isTrue();
        assertThat(isLate(FROM, TO, FROM.minusNanos(1))).isFalse();
        assertThat(isLate(FROM, TO, TO)).isFalse();
    }

    @Test
    void nothingIsLateBeforeATimeWasCollected() {
        assertThat(isLate(null, TO, FROM)).isFalse();
        assertThat(isLate(FROM, null, FROM)).isFalse();
        assertThat(isLate(null, null, FROM)).isFalse();
    }

    @Test
    void placesAreHandedOutOnLockedStreamsOnly() {
        var positions = new StreamPositions(Map.of("cli_a", 4L));

        assertThat(positions.next("cli_a")).isEqualTo(new UsageRecord.Key("cli_a", 5, 1));
        assertThat(positions.next("cli_a")).isEqualTo(new UsageRecord.Key("cli_a", 5, 2));
        assertThatThrownBy(() -> positions.next("cli_b"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cli_b");
        assertThat(positions.written()).containsExactly("cli_a");
    }
}
