package dev.patchbay.idempotency.internal;

import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.Settings;
import org.springframework.stereotype.Component;

/** Lets go of keys that mean nothing any more, in portions. */
@Component
class IdempotencyKeyRetentionJob extends PeriodicTask {

    private static final int PORTION = 1_000;

    private final IdempotencyKeyRepository keys;
    private final IdempotencySettings settings;

    IdempotencyKeyRetentionJob(IdempotencyKeyRepository keys, IdempotencySettings settings, Settings process) {
        super("idempotency-sweeper", settings.sweepEvery(), process.roles().contains("worker"));
        this.keys = keys;
        this.settings = settings;
    }

    @Override
    protected void once() {
        long gone;
        do {
            gone = keys.prune(settings.keep(), PORTION);
        } while (gone == PORTION);
    }
}
