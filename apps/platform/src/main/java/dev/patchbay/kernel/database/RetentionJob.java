package dev.patchbay.kernel.database;

import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Deletes rows that ended more than 90 days ago: once an hour, in batches, in worker processes. Their audit entries stay. */
public abstract class RetentionJob extends PeriodicTask {

    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final Duration RETENTION = Duration.ofDays(90);
    private static final int BATCH_SIZE = 1_000;

    private final String function;
    private final ExpiredRowDeletion expiredRowDeletion;
    private final Clock clock;

    /** @param function the name of the definer function that deletes the rows, for example {@code prune_mails} */
    protected RetentionJob(
            String name, String function, Settings process, ExpiredRowDeletion expiredRowDeletion, Clock clock) {
        super(name, INTERVAL, process.roles().contains("worker"));
        this.function = function;
        this.expiredRowDeletion = expiredRowDeletion;
        this.clock = clock;
    }

    @Override
    public void runOnce() {
        Instant before = clock.instant().minus(RETENTION);
        while (expiredRowDeletion.delete(function, before, BATCH_SIZE) > 0) {
            // The next batch.
        }
    }
}
