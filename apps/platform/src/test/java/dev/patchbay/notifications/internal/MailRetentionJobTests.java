package dev.patchbay.notifications.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testing.PatchbayTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Mails that are done with leave 90 days after they were taken in; those that wait stay. */
@PatchbayTest
class MailRetentionJobTests extends MailFixture {

    private void sweep(Instant now) {
        var sweeper = new MailRetentionJob(API, tenancy, jdbc, Clock.fixed(now, ZoneOffset.UTC));
        assertThat(sweeper.isAutoStartup()).isFalse();
        sweeper.once();
    }

    @Test
    void onlyThoseThatAreDoneWith() {
        Instant now = Instant.now();
        waiting("mai_waiting");
        waiting("mai_sent");
        waiting("mai_young");
        tenancy.inTenant(tenant, () -> {
            jdbc.sql("UPDATE patchbay.mail SET created_at = now() - interval '91 days' WHERE mail_id <> 'mai_young'")
                    .update();
            jdbc.sql("UPDATE patchbay.mail SET next_at = NULL WHERE mail_id <> 'mai_waiting'")
                    .update();
        });
        sweep(now.minus(Duration.ofDays(2)));
        assertThat(count("true")).isEqualTo(3);
        sweep(now);
        assertThat(count("mail_id IN ('mai_waiting', 'mai_young')")).isEqualTo(2);
        assertThat(count("true")).isEqualTo(2);
    }
}
