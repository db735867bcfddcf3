package dev.patchbay.notifications.internal;

import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.database.RetentionJob;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lets go of mails that were sent or given up, some time after they were taken in. */
@Component
class MailRetentionJob extends RetentionJob {

    MailRetentionJob(Settings process, Tenancy tenancy, JdbcClient jdbc, Clock clock) {
        super("mail-sweeper", "SELECT patchbay.prune_mails(:before, :most)", process, tenancy, jdbc, clock);
    }
}
