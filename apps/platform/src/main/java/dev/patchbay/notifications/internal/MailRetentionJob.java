package dev.patchbay.notifications.internal;

import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.database.ExpiredRowDeletion;
import dev.patchbay.kernel.database.RetentionJob;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Deletes mails that were sent or failed, 90 days after they were queued. */
@Component
class MailRetentionJob extends RetentionJob {

    MailRetentionJob(Settings process, ExpiredRowDeletion expiredRowDeletion, Clock clock) {
        super("mail-retention", "prune_mails", process, expiredRowDeletion, clock);
    }
}
