package dev.patchbay.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.flags.FlagTargets;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PatchbayTest
class FlagSnapshotTests {

    private static final FlagTargets SWITCHED_OFF =
            new FlagTargets(Map.of(), Map.of(), Map.of("prod", Set.of("a-flag")));

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    /** The first load sees the flag on and takes its time; the next one sees it switched off. */
    private final class SlowRepository extends FlagRepository {

        private final AtomicInteger loads = new AtomicInteger();
        private final CountDownLatch beginning = new CountDownLatch(1);
        private final CountDownLatch end = new CountDownLatch(1);

        SlowRepository() {
            super(jdbc);
        }

        @Override
        FlagTargets loadTargets() {
            if (loads.incrementAndGet() > 1) {
                return SWITCHED_OFF;
            }
            beginning.countDown();
            await().until(() -> end.getCount() == 0);
            return FlagTargets.EMPTY;
        }
    }

    @Test
    void aLoadThatBeganBeforeAChangeDoesNotUndoIt() throws InterruptedException {
        var repository = new SlowRepository();
        var snapshot = new FlagSnapshot(repository, tenancy);
        var periodic = Thread.ofVirtual().start(snapshot::runOnce);
        repository.beginning.await();

        var change = Thread.ofVirtual().start(snapshot::refresh);
        await().until(() -> change.getState() != Thread.State.RUNNABLE && change.getState() != Thread.State.NEW);
        repository.end.countDown();
        periodic.join();
        change.join();

        assertThat(snapshot.current()).isEqualTo(SWITCHED_OFF);
    }
}
