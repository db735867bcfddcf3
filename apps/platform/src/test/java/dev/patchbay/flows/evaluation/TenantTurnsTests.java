package dev.patchbay.flows.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.kernel.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TenantTurnsTests {

    private static final TenantId GREEDY = new TenantId("tnt_greedy");
    private static final TenantId MODEST = new TenantId("tnt_modest");
    private static final TenantId LATE = new TenantId("tnt_late");

    private final TenantTurns turns = new TenantTurns(1);
    private final List<String> started = new ArrayList<>();

    private Runnable work(String name) {
        return () -> started.add(name);
    }

    @Test
    void tenantsTakeTurnsHoweverMuchOneOfThemWaitsFor() {
        turns.submit(GREEDY, work("greedy 1"));
        turns.submit(GREEDY, work("greedy 2"));
        turns.submit(GREEDY, work("greedy 3"));
        turns.submit(MODEST, work("modest 1"));
        turns.submit(MODEST, work("modest 2"));
        turns.submit(LATE, work("late 1"));

        turns.end(GREEDY);
        turns.end(MODEST);
        turns.end(LATE);
        turns.end(GREEDY);
        turns.end(MODEST);
        turns.end(GREEDY);

        assertThat(started).containsExactly("greedy 1", "modest 1", "late 1", "greedy 2", "modest 2", "greedy 3");
    }

    @Test
    void pausedWorkGoesOnAfterTheOthersTurn() {
        turns.submit(GREEDY, work("greedy"));
        turns.submit(MODEST, work("modest"));
        var paused = CompletableFuture.runAsync(() -> turns.pause(GREEDY));
        await().until(() -> started.contains("modest"));
        assertThat(paused).isNotDone();

        turns.end(MODEST);

        paused.join();
        turns.end(GREEDY);
        turns.submit(LATE, work("late"));
        assertThat(started).containsExactly("greedy", "modest", "late");
    }

    @Test
    void aTenantHasOnlySomeOfItsWorkBegun() {
        var wide = new TenantTurns(100);
        for (int number = 0; number < 10; number++) {
            wide.submit(GREEDY, work("greedy"));
        }
        wide.submit(MODEST, work("modest"));

        assertThat(started).containsExactly("greedy", "greedy", "greedy", "greedy", "modest");
    }

    @Test
    void aTenantThatComesBackIsNoNewOne() {
        turns.submit(GREEDY, work("greedy 1"));
        turns.end(GREEDY);
        turns.submit(LATE, work("late 1"));
        turns.submit(GREEDY, work("greedy 2"));
        turns.submit(MODEST, work("modest 1"));

        turns.end(LATE);
        turns.end(MODEST);

        assertThat(started).containsExactly("greedy 1", "late 1", "modest 1", "greedy 2");
    }

    @Test
    void onlyTheLatestTenantsAreRemembered() {
        for (int number = 0; number < 10_001; number++) {
            var tenant = new TenantId("tnt_" + number);
            turns.submit(tenant, work("once"));
            turns.end(tenant);
        }

        assertThat(started).hasSize(10_001);
    }

    @Test
    void interruptedWorkWaitsForItsTurnAllTheSame() {
        turns.submit(GREEDY, work("greedy"));
        turns.submit(MODEST, work("modest"));
        var interrupted = new CompletableFuture<Boolean>();
        var thread = Thread.ofPlatform().start(() -> {
            turns.pause(GREEDY);
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        await().until(() -> started.contains("modest"));
        thread.interrupt();

        turns.end(MODEST);

        assertThat(interrupted.join()).isTrue();
    }

    @Test
    void waitingWorkCanBeWithdrawn() {
        Runnable second = work("second");
        turns.submit(GREEDY, work("first"));
        turns.submit(GREEDY, second);
        turns.submit(MODEST, second);

        assertThat(turns.withdraw(GREEDY, second)).isTrue();
        assertThat(turns.withdraw(GREEDY, second)).isFalse();
        assertThat(turns.withdraw(MODEST, second)).isTrue();
        assertThat(turns.withdraw(LATE, second)).isFalse();
        turns.end(GREEDY);
        assertThat(started).containsExactly("first");
    }
}
