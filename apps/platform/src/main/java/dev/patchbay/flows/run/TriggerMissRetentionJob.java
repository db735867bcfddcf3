package dev.patchbay.flows.run;

import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.database.ExpiredRowDeletion;
import dev.patchbay.kernel.database.RetentionJob;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Deletes trigger misses after 90 days. */
@Component
class TriggerMissRetentionJob extends RetentionJob {

    TriggerMissRetentionJob(Settings process, ExpiredRowDeletion expiredRowDeletion, Clock clock) {
        super("trigger-miss-retention", "prune_trigger_misses", process, expiredRowDeletion, clock);
    }
}
