package dev.patchbay.notifications.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testing.PatchbayTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Mails that cannot or need not be sent: they delay no other mail, and are not retried for ever. */
@PatchbayTest
class FailedMailTests extends MailFixture {

    @Test
    void aMailToAnInvalidAddressIsNotSent() {
        Instant now = Instant.now().plus(Duration.ofDays(1));
        insert("mai_invalid", sealed("mai_invalid", mail("a@b@c", now.plusSeconds(60))), now);
        dispatcher(sandbox(), now.plusSeconds(1)).runOnce();
        assertThat(count("sent_at IS NULL AND attempts = 1")).isEqualTo(1);
    }

    @Test
    void aMailThatCannotBeOpenedDelaysNoOtherAndFailsInTheEnd() {
        Instant now = queue("mai_behind").plusSeconds(1);
        insert("mai_first", new byte[] {1, 2, 3}, now.minusSeconds(60));
        insert("mai_second", sealed("mai_other", mail()), now.minusSeconds(50));
        dispatcher(sandbox(), now).runOnce();
        assertThat(status("mai_behind")).isEqualTo(MailStatus.SENT);
        assertThat(count("sent_at IS NULL AND attempts = 1 AND next_at > now()"))
                .isEqualTo(2);
        setAttempts(19);
        dispatcher(sandbox(), now.plusSeconds(60)).runOnce();
        assertThat(count("status = 'FAILED' AND sealed IS NULL")).isEqualTo(2);
    }

    @Test
    void aMailWhoseDispatchersDiedFailsInTheEnd() {
        Instant now = queue("mai_abandoned").plusSeconds(1);
        setAttempts(20);
        dispatcher(sandbox(), now).runOnce();
        assertThat(count("status = 'FAILED' AND sealed IS NULL")).isEqualTo(1);
    }

    @Test
    void anExpiredMailIsNotSent() {
        Instant now = Instant.now().plus(Duration.ofDays(1));
        insert("mai_expired", sealed("mai_expired", mail(to, now)), now.minusSeconds(60));
        dispatcher(sandbox(), now).runOnce();
        assertThat(count("status = 'FAILED' AND sealed IS NULL")).isEqualTo(1);
        assertThat(mailbox()).isEmpty();
    }
}
