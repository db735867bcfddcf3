package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeriodicTaskTests {

    private final AtomicInteger rounds = new AtomicInteger();

    private final PeriodicTask work = new PeriodicTask("a test", Duration.ofMillis(5), true) {
        @Override
        protected void runOnce() {
            if (rounds.incrementAndGet() == 2) {
                throw new IllegalStateException("the second round fails");
            }
        }
    };

    @Test
    void aFailedRunIsFollowedByTheNextAndAStoppedTaskCanBeRestarted() {
        assertThat(work.isAutoStartup()).isTrue();
        work.start();
        await().atMost(Duration.ofSeconds(5)).until(() -> rounds.get() >= 4);
        assertThat(work.isRunning()).isTrue();

        work.stop();
        assertThat(work.isRunning()).isFalse();

        work.start();
        int before = rounds.get();
        await().atMost(Duration.ofSeconds(5)).until(() -> rounds.get() > before + 1);
        work.stop();
    }
}
