package dev.patchbay.notifications.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Mails that cannot or need not be sent: they hold up no other, and are not tried for ever. */
@PatchbayTest
class GivenUpMailTests extends MailFixture {

    @Test
    void anAddressThatIsNoneIsNotSentTo() {
        Instant now = Instant.now().plus(Duration.ofDays(1));
        insert("mai_bad", sealed("mai_bad", mail("a@b@c", now.plusSeconds(60))), now);
        postman(sandbox(), now.plusSeconds(1)).once();
        assertThat(count("sent_at IS NULL AND attempts = 1")).isEqualTo(1);
    }

    @Test
    void oneThatCannotBeOpenedHoldsUpNoOtherAndIsGivenUpInTheEnd() {
        Instant now = waiting("mai_behind").plusSeconds(1);
        insert("mai_first", new byte[] {1, 2, 3}, now.minusSeconds(60));
        insert("mai_second", sealed("mai_other", mail()), now.minusSeconds(50));
        postman(sandbox(), now).once();
        assertThat(count("mail_id = 'mai_behind' AND sent_at IS NOT NULL")).isEqualTo(1);
        assertThat(count("sent_at IS NULL AND attempts = 1 AND next_at > now()"))
                .isEqualTo(2);
        tenancy.inTenant(tenant, () -> {
            jdbc.sql("UPDATE patchbay.mail SET attempts = 19").update();
        });
        postman(sandbox(), now.plusSeconds(60)).once();
        assertThat(count("sent_at IS NULL AND next_at IS NULL AND sealed IS NULL"))
                .isEqualTo(2);
    }

    @Test
    void oneThatKeepsTakingItsProcessWithItIsGivenUpToo() {
        Instant now = waiting("mai_killer").plusSeconds(1);
        tenancy.inTenant(tenant, () -> {
            jdbc.sql("UPDATE patchbay.mail SET attempts = 20").update();
        });
        postman(sandbox(), now).once();
        assertThat(count("sent_at IS NULL AND next_at IS NULL AND sealed IS NULL"))
                .isEqualTo(1);
    }

    @Test
    void whatIsOverBeforeItCouldLeaveIsNotSent() {
        Instant now = Instant.now().plus(Duration.ofDays(1));
        insert("mai_over", sealed("mai_over", mail(to, now)), now.minusSeconds(60));
        postman(sandbox(), now).once();
        assertThat(count("sent_at IS NULL AND next_at IS NULL AND sealed IS NULL"))
                .isEqualTo(1);
        assertThat(TestEnvironment.send(TestEnvironment.request(
                                        TestEnvironment.SANDBOX.address().resolve("/_sandbox/mailbox?to=" + to))
                                .GET())
                        .body()
                        .path("mails"))
                .isEmpty();
    }
}
