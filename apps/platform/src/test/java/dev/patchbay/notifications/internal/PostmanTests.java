package dev.patchbay.notifications.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.connections.Sealing;
import dev.patchbay.iam.Tenants;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.notifications.Mail;
import dev.patchbay.notifications.Mailer;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.World;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of a mail: sent once it is committed, kept sealed until then, tried again when nobody takes it. */
@PatchbayTest
class PostmanTests {

    private static final Settings WORKER =
            new Settings(Environment.PROD, URI.create("https://patchbay.example"), Path.of("."), Set.of("worker"));
    private static final Settings API =
            new Settings(Environment.PROD, URI.create("https://patchbay.example"), Path.of("."), Set.of("api"));

    private final TenantId tenant = new TenantId(Ids.next("tnt", Instant.now()));
    private final String to = tenant.value().replace('_', '.') + "@example.com";

    @Autowired
    private Tenants tenants;

    @Autowired
    private Mailer mailer;

    @Autowired
    private Outbox outbox;

    @Autowired
    private Sealing sealing;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void anAgency() {
        tenants.create(tenant, "Mailing");
    }

    private Mail mail() {
        return new Mail(to, "Subject", "plain text", "<p>text</p>");
    }

    private static MailSettings.Mail server(String host, int port, String user, boolean startTls) {
        return new MailSettings.Mail(
                host, port, user, "pass-word", "patchbay@example.com", startTls, Duration.ofHours(1));
    }

    private Postman postman(MailSettings.Mail server, Instant now) {
        return new Postman(
                WORKER,
                new MailSettings(Environment.PROD, 1, server),
                outbox,
                sealing,
                tenancy,
                Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void aMailLeavesOnceItIsCommittedAndIsForgotten() {
        tenancy.inTenant(tenant, () -> mailer.send(tenant, mail()));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> World.send(World.request(World.SANDBOX.address().resolve("/_sandbox/mailbox?to=" + to))
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

    private int count(String condition) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("SELECT count(*) FROM patchbay.mail WHERE " + condition)
                        .query(Integer.class)
                        .single());
    }

    /** Due tomorrow, so that the platform's own postman leaves it alone. */
    private Instant waiting(String id) {
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        tenancy.inTenant(tenant, () -> {
            byte[] sealed = sealing.seal(tenant, Outbox.place(id), Json.utf8(Json.write(mail())));
            outbox.insert(tenant, id, sealed, tomorrow);
        });
        return tomorrow;
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
        postman(server("127.0.0.1", World.SANDBOX.mailPort(), "", true), now).once();
        assertThat(count("sent_at IS NULL AND attempts = 1")).isEqualTo(1);
        postman(server("127.0.0.1", World.SANDBOX.mailPort(), "", false), now.plusSeconds(60))
                .once();
        assertThat(count("sent_at IS NOT NULL")).isEqualTo(1);
    }

    @Test
    void anAddressThatIsNoneIsNotSentTo() {
        Instant now = Instant.now().plus(Duration.ofDays(1));
        tenancy.inTenant(tenant, () -> {
            byte[] sealed = sealing.seal(
                    tenant,
                    Outbox.place("mai_bad"),
                    Json.utf8(Json.write(new Mail("a@b@c", "Subject", "text", "text"))));
            outbox.insert(tenant, "mai_bad", sealed, now);
        });
        postman(server("127.0.0.1", World.SANDBOX.mailPort(), "", false), now.plusSeconds(1))
                .once();
        assertThat(count("sent_at IS NULL AND attempts = 1")).isEqualTo(1);
    }

    @Test
    void theyWaitLongerEachTime() {
        Instant now = Instant.now();
        assertThat(Postman.next(1, now)).isEqualTo(now.plusSeconds(20));
        assertThat(Postman.next(5, now)).isEqualTo(now.plusSeconds(320));
        assertThat(Postman.next(19, now)).isEqualTo(now.plus(Duration.ofHours(4)));
        assertThat(Postman.next(20, now)).isNull();
    }

    @Test
    void whereNoServerIsNamedMailsWait() {
        var none = new MailSettings(Environment.PROD, 1, server("", 587, "", true));
        assertThat(new Postman(WORKER, none, outbox, sealing, tenancy, Clock.systemUTC()).isAutoStartup())
                .isFalse();
        var dev = new MailSettings(Environment.DEV, 4025, server("", 587, "", true));
        assertThat(dev.server().port()).isEqualTo(4025);
        var named = new MailSettings(Environment.DEV, 4025, server("mail.example.com", 587, "u", true));
        assertThat(named.server().host()).isEqualTo("mail.example.com");
        assertThat(named.toString() + mail()).doesNotContain("pass-word", to);
        assertThat(new Postman(API, named, outbox, sealing, tenancy, Clock.systemUTC()).isAutoStartup())
                .isFalse();
    }
}
