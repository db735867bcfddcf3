package dev.patchbay.notifications.internal.notice;

import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.database.ExpiredRowDeletion;
import dev.patchbay.kernel.database.RetentionJob;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Deletes notices and their deliveries after 90 days. */
@Component
class NoticeRetentionJob extends RetentionJob {

    NoticeRetentionJob(Settings process, ExpiredRowDeletion expiredRowDeletion, Clock clock) {
        super("notice-retention", "prune_notices", process, expiredRowDeletion, clock);
    }
}
