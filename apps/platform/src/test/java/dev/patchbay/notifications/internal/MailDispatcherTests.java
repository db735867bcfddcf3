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

/** A mail is sent after its transaction commits, stays sealed until then, and is retried when the server does not accept it. */
@PatchbayTest
class MailDispatcherTests extends MailFixture {

    @Test
    void aCommittedMailIsSentAndItsContentDeleted() {
        tenancy.inTenant(tenant, () -> mailer.send(tenant, mail()));
        await().atMost(Duration.ofSeconds(10)).until(() -> mailbox().size() == 1);
        await().atMost(Duration.ofSeconds(10)).until(() -> count("status = 'SENT' AND sealed IS NULL") == 1);
    }

    @Test
    void aMailThatIsRolledBackIsNeverSent() {
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
    void aMailThatTheServerRejectsIsRetriedAndFailsInTheEnd() {
        Instant now = queue("mai_refused").plusSeconds(1);
        dispatcher(server("127.0.0.1", 1, "somebody", true), now).runOnce();
        assertThat(count("attempts = 1 AND sent_at IS NULL AND sealed IS NOT NULL"))
                .isEqualTo(1);
        assertThat(count("next_at > now() + interval '1 day'")).isEqualTo(1);
        setAttempts(19);
        dispatcher(server("127.0.0.1", 1, "", false), now.plusSeconds(60)).runOnce();
        assertThat(count("attempts = 20 AND next_at IS NULL AND sealed IS NULL"))
                .isEqualTo(1);
    }

    @Test
    void noMailIsSentUnencryptedWhereStartTlsIsRequired() {
        Instant now = queue("mai_plain").plusSeconds(1);
        dispatcher(server("127.0.0.1", TestEnvironment.SANDBOX.mailPort(), "", true), now)
                .runOnce();
        assertThat(count("status = 'QUEUED' AND attempts = 1")).isEqualTo(1);
        dispatcher(server("127.0.0.1", TestEnvironment.SANDBOX.mailPort(), "", false), now.plusSeconds(60))
                .runOnce();
        assertThat(count("status = 'SENT'")).isEqualTo(1);
    }

    /** A server that runs the work while its first client waits, and then hangs up. */
    private static ServerSocket slow(Runnable meanwhile) throws IOException {
        var listening = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(() -> {
            try (var socket = listening.accept()) {
                meanwhile.run();
                socket.shutdownOutput();
            } catch (IOException closed) {
                throw new UncheckedIOException(closed);
            }
        });
        return listening;
    }

    @Test
    void aSlowServerDelaysNoOtherDispatcherAndNoMailIsSentTwice() throws IOException {
        Instant now = queue("mai_later").plusSeconds(1);
        insert("mai_sooner", sealed("mai_sooner", mail()), now.minusSeconds(3600));
        try (var listening = slow(() -> dispatcher(sandbox(), now).runOnce())) {
            dispatcher(server("127.0.0.1", listening.getLocalPort(), "", false), now)
                    .runOnce();
        }
        assertThat(count("mail_id = 'mai_later' AND sent_at IS NOT NULL AND attempts = 1"))
                .isEqualTo(1);
        assertThat(count("mail_id = 'mai_sooner' AND sent_at IS NULL AND attempts = 1"))
                .isEqualTo(1);
    }

    @Test
    void aDispatcherWhoseLeaseExpiredChangesNothing() {
        queue("mai_fenced");
        setAttempts(2);
        tenancy.inTenant(tenant, () -> {
            mails.markFailed(new MailRepository.ClaimedMail(tenant, "mai_fenced", 1));
        });
        assertThat(status("mai_fenced")).isEqualTo(MailStatus.QUEUED);
    }

    @Test
    void theDelayGrowsWithEachAttempt() {
        Instant now = Instant.now();
        assertThat(MailDispatcher.nextAttempt(1, now)).hasValue(now.plusSeconds(20));
        assertThat(MailDispatcher.nextAttempt(5, now)).hasValue(now.plusSeconds(320));
        assertThat(MailDispatcher.nextAttempt(19, now)).hasValue(now.plus(Duration.ofHours(4)));
        assertThat(MailDispatcher.nextAttempt(20, now)).isEmpty();
    }

    @Test
    void port465UsesImplicitTls() {
        var implicit = SmtpSender.properties(server("mail.example", 465, "", true));
        assertThat(implicit)
                .containsEntry("mail.smtp.ssl.enable", "true")
                .containsEntry("mail.smtp.starttls.required", "false");
        assertThat(SmtpSender.properties(server("mail.example", 587, "u", true)))
                .containsEntry("mail.smtp.ssl.enable", "false")
                .containsEntry("mail.smtp.starttls.required", "true")
                .containsEntry("mail.smtp.auth", "true");
    }

    @Test
    void withoutAServerMailsStayQueued() {
        var none = new MailSettings(server("", 587, "", true));
        assertThat(new MailDispatcher(WORKER, none, mails, sealing, tenancy, Clock.systemUTC()).isAutoStartup())
                .isFalse();
        var named = new MailSettings(server("mail.example.com", 587, "u", true));
        assertThat(named.toString() + mail()).doesNotContain("pass-word", to);
        assertThat(new MailDispatcher(API, named, mails, sealing, tenancy, Clock.systemUTC()).isAutoStartup())
                .isFalse();
    }
}
