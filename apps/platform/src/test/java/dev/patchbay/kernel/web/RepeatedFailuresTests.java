package dev.patchbay.kernel.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testing.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A failure that repeats is logged with its stack once a minute. */
class RepeatedFailuresTests {

    @Test
    void aStackIsDueOnceAMinuteForEachPlace() {
        var time = new SettableClock();
        var stacks = new RepeatedFailures(time);
        var first = new IllegalStateException("one");
        var second = new IllegalArgumentException("other");

        assertThat(stacks.isDue(first)).isTrue();
        assertThat(stacks.isDue(first)).isFalse();
        assertThat(stacks.isDue(second)).isTrue();
        time.tick(Duration.ofSeconds(59));
        assertThat(stacks.isDue(first)).isFalse();
        time.tick(Duration.ofSeconds(1));
        assertThat(stacks.isDue(first)).isTrue();
    }

    @Test
    void aFailureWithoutAStackHasItsTypeAsPlace() {
        var bare = new IllegalStateException("bare");
        bare.setStackTrace(new StackTraceElement[0]);

        assertThat(RepeatedFailures.placeOf(bare)).isEqualTo("java.lang.IllegalStateException");
    }
}
