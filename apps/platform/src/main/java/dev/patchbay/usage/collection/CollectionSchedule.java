package dev.patchbay.usage.collection;

import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Runs due passes, in worker processes. Due times are in the database, so a restart neither skips nor repeats a pass. */
@Component
class CollectionSchedule extends PeriodicTask {

    private static final Logger LOG = LoggerFactory.getLogger(CollectionSchedule.class);
    private static final int MAX_CONCURRENT = 4;

    private final UsageCollector collector;

    CollectionSchedule(UsageCollector collector, UsageSettings usage, Settings settings) {
        super("usage-collection", usage.pollInterval(), settings.roles().contains("worker"));
        this.collector = collector;
    }

    @Override
    protected void runOnce() {
        collector.discover();
        try (var workers = Executors.newFixedThreadPool(
                MAX_CONCURRENT, Thread.ofVirtual().name("usage-collection").factory())) {
            collector
                    .listDue()
                    .forEach(key -> workers.execute(() -> {
                        try {
                            collector.run(key);
                        } catch (RuntimeException failure) {
                            LOG.warn(
                                    "collection {} of {} failed; it goes on when its lease has ended",
                                    key.pass(),
                                    key.connection(),
                                    failure);
                        }
                    }));
        }
    }
}
