package dev.patchbay.usage.records;

import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.springframework.stereotype.Component;

/**
 * Creates the partitions of the coming months, and deletes usage after ten years, which is how long business records are kept.
 */
@Component
class UsageRetentionJob extends PeriodicTask {

    private static final Duration INTERVAL = Duration.ofHours(6);
    private static final Duration RETENTION = Duration.ofDays(3653);
    private static final Duration AHEAD = Duration.ofDays(62);
    private static final Duration BEHIND = Duration.ofDays(62);
    private static final int BATCH_SIZE = 10_000;

    private final UsageRetentionRepository repository;
    private final Clock clock;

    UsageRetentionJob(UsageRetentionRepository repository, Settings process, Clock clock) {
        super("usage-retention", INTERVAL, process.roles().contains("worker"));
        this.repository = repository;
        this.clock = clock;
    }

    @Override
    protected void runOnce() {
        Instant now = clock.instant();
        Instant before = now.minus(RETENTION);
        repository.rollPartitions(now.minus(BEHIND), now.plus(AHEAD), before);
        repeat(() -> repository.pruneRecords(before, BATCH_SIZE));
        repeat(() -> repository.prune(before, BATCH_SIZE));
    }

    /** Deletes one batch after another, each in a transaction of its own. */
    private static void repeat(LongSupplier batch) {
        long deleted = BATCH_SIZE;
        while (deleted >= BATCH_SIZE) {
            deleted = batch.getAsLong();
        }
    }
}
