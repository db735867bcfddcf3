package dev.patchbay.notifications.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.database.ExpiredRowDeletion;
import dev.patchbay.testing.PatchbayTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Mails that were sent or failed are deleted 90 days after they were queued; queued mails stay. */
@PatchbayTest
class MailRetentionJobTests extends MailFixture {

    private void runAt(Instant now) {
        var job = new MailRetentionJob(API, new ExpiredRowDeletion(tenancy, jdbc), Clock.fixed(now, ZoneOffset.UTC));
        assertThat(job.isAutoStartup()).isFalse();
        job.runOnce();
    }

    @Test
    void onlyFinishedMailsAreDeleted() {
        Instant now = Instant.now();
        queue("mai_waiting");
        queue("mai_sent");
        queue("mai_young");
        tenancy.inTenant(tenant, () -> {
            jdbc.sql("UPDATE patchbay.mail SET created_at = now() - interval '91 days' WHERE mail_id <> 'mai_young'")
                    .update();
            jdbc.sql("UPDATE patchbay.mail SET next_at = NULL WHERE mail_id <> 'mai_waiting'")
                    .update();
        });
        runAt(now.minus(Duration.ofDays(2)));
        assertThat(count("true")).isEqualTo(3);
        runAt(now);
        assertThat(count("mail_id IN ('mai_waiting', 'mai_young')")).isEqualTo(2);
        assertThat(count("true")).isEqualTo(2);
    }
}
