package dev.patchbay.idempotency.internal;

import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import org.springframework.stereotype.Component;

/** Deletes expired keys, in batches. */
@Component
class IdempotencyKeyRetentionJob extends PeriodicTask {

    private static final int BATCH_SIZE = 1_000;

    private final IdempotencyKeyRepository keys;
    private final IdempotencySettings settings;

    IdempotencyKeyRetentionJob(IdempotencyKeyRepository keys, IdempotencySettings settings, Settings process) {
        super(
                "idempotency-key-retention",
                settings.pruneInterval(),
                process.roles().contains("worker"));
        this.keys = keys;
        this.settings = settings;
    }

    @Override
    protected void runOnce() {
        long deleted;
        do {
            deleted = keys.prune(settings.retention(), BATCH_SIZE);
        } while (deleted == BATCH_SIZE);
    }
}
