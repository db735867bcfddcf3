package dev.patchbay.notifications.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What becomes of a mail: sent once it is committed, kept sealed until then, tried again when nobody takes it. */
@PatchbayTest
class MailDispatcherTests extends MailFixture {

    @Test
    void aMailLeavesOnceItIsCommittedAndIsForgotten() {
        tenancy.inTenant(tenant, () -> mailer.send(tenant, mail()));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> TestEnvironment.send(TestEnvironment.request(TestEnvironment.SANDBOX
                                                .address()
                                                .resolve("/_sandbox/mailbox?to=" + to))
                                        .GET())
                                .body()
                                .path("mails")
                                .size()
                        == 1);
        await().atMost(Duration.ofSeconds(10)).until(() -> count("sent_at IS NOT NULL AND sealed IS NULL") == 1);
    }

    @Test
    void aMailThatIsRolledBackNeverLeaves() {
        try {
            tenancy.inTenant(tenant, () -> {
                mailer.send(tenant, mail());
                throw new IllegalStateException("changed their mind");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("changed their mind");
        }
        assertThat(count("true")).isZero();
    }

    @Test
    void whatNobodyTakesIsTriedAgainLaterAndGivenUpInTheEnd() {
        Instant now = waiting("mai_refused").plusSeconds(1);
        postman(server("127.0.0.1", 1, "somebody", true), now).once();
        assertThat(count("attempts = 1 AND sent_at IS NULL AND sealed IS NOT NULL"))
                .isEqualTo(1);
        assertThat(count("next_at > now() + interval '1 day'")).isEqualTo(1);
        tenancy.inTenant(tenant, () -> {
            jdbc.sql("UPDATE patchbay.mail SET attempts = 19").update();
        });
        postman(server("127.0.0.1", 1, "", false), now.plusSeconds(60)).once();
        assertThat(count("attempts = 20 AND next_at IS NULL AND sealed IS NULL"))
                .isEqualTo(1);
    }

    @Test
    void nothingIsSaidInTheClearToAServerThatShouldEncrypt() {
        Instant now = waiting("mai_plain").plusSeconds(1);
        postman(server("127.0.0.1", TestEnvironment.SANDBOX.mailPort(), "", true), now)
                .once();
        assertThat(count("sent_at IS NULL AND attempts = 1")).isEqualTo(1);
        postman(server("127.0.0.1", TestEnvironment.SANDBOX.mailPort(), "", false), now.plusSeconds(60))
                .once();
        assertThat(count("sent_at IS NOT NULL")).isEqualTo(1);
    }

    /** A server that does whatever it is told whenever somebody comes, and hangs up. */
    private static ServerSocket slow(Runnable meanwhile) throws IOException {
        var listening = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(() -> {
            try (var guest = listening.accept()) {
                meanwhile.run();
                guest.shutdownOutput();
            } catch (IOException closed) {
                throw new UncheckedIOException(closed);
            }
        });
        return listening;
    }

    @Test
    void whileOneTriesASlowServerAnotherSendsTheRestAndNothingTwice() throws IOException {
        Instant now = waiting("mai_later").plusSeconds(1);
        insert("mai_sooner", sealed("mai_sooner", mail()), now.minusSeconds(3600));
        try (var listening = slow(() -> postman(sandbox(), now).once())) {
            postman(server("127.0.0.1", listening.getLocalPort(), "", false), now)
                    .once();
        }
        assertThat(count("mail_id = 'mai_later' AND sent_at IS NOT NULL AND attempts = 1"))
                .isEqualTo(1);
        assertThat(count("mail_id = 'mai_sooner' AND sent_at IS NULL AND attempts = 1"))
                .isEqualTo(1);
    }

    @Test
    void whoeverHadItTooLongChangesNothingMore() {
        waiting("mai_fenced");
        tenancy.inTenant(tenant, () -> {
            jdbc.sql("UPDATE patchbay.mail SET attempts = 2").update();
            outbox.again(new Outbox.Due(tenant, "mai_fenced", 1), null);
        });
        assertThat(count("next_at IS NOT NULL AND attempts = 2")).isEqualTo(1);
    }

    @Test
    void theyWaitLongerEachTime() {
        Instant now = Instant.now();
        assertThat(MailDispatcher.next(1, now)).isEqualTo(now.plusSeconds(20));
        assertThat(MailDispatcher.next(5, now)).isEqualTo(now.plusSeconds(320));
        assertThat(MailDispatcher.next(19, now)).isEqualTo(now.plus(Duration.ofHours(4)));
        assertThat(MailDispatcher.next(20, now)).isNull();
    }

    @Test
    void onPort465TheConnectionIsEncryptedFromItsBeginning() {
        var implicit = Smtp.properties(server("mail.example", 465, "", true));
        assertThat(implicit)
                .containsEntry("mail.smtp.ssl.enable", "true")
                .containsEntry("mail.smtp.starttls.required", "false");
        assertThat(Smtp.properties(server("mail.example", 587, "u", true)))
                .containsEntry("mail.smtp.ssl.enable", "false")
                .containsEntry("mail.smtp.starttls.required", "true")
                .containsEntry("mail.smtp.auth", "true");
    }

    @Test
    void whereNoServerIsNamedMailsWait() {
        var none = new MailSettings(server("", 587, "", true));
        assertThat(new MailDispatcher(WORKER, none, outbox, sealing, tenancy, Clock.systemUTC()).isAutoStartup())
                .isFalse();
        var named = new MailSettings(server("mail.example.com", 587, "u", true));
        assertThat(named.toString() + mail()).doesNotContain("pass-word", to);
        assertThat(new MailDispatcher(API, named, outbox, sealing, tenancy, Clock.systemUTC()).isAutoStartup())
                .isFalse();
    }
}
