package dev.patchbay.notifications.internal;

import dev.patchbay.connections.Sealing;
import dev.patchbay.iam.tenants.Tenants;
import dev.patchbay.kernel.Environment;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.notifications.Mail;
import dev.patchbay.notifications.Mailer;
import dev.patchbay.testing.TestEnvironment;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An agency whose mails are due tomorrow, so that the platform's own postman leaves them alone. */
abstract class MailFixture {

    static final Settings WORKER =
            new Settings(Environment.PROD, URI.create("https://patchbay.example"), Path.of("."), Set.of("worker"));
    static final Settings API =
            new Settings(Environment.PROD, URI.create("https://patchbay.example"), Path.of("."), Set.of("api"));

    final TenantId tenant = new TenantId(Ids.next("tnt", Instant.now()));
    final String to = tenant.value().replace('_', '.') + "@example.com";

    @Autowired
    Tenants tenants;

    @Autowired
    Mailer mailer;

    @Autowired
    Outbox outbox;

    @Autowired
    Sealing sealing;

    @Autowired
    Tenancy tenancy;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void anAgency() {
        tenants.create(tenant, "Mailing");
    }

    Mail mail() {
        return new Mail(
                to, "Subject", "plain text", "<p>text</p>", Instant.now().plus(Duration.ofDays(7)));
    }

    static MailSettings.Mail server(String host, int port, String user, boolean startTls) {
        return new MailSettings.Mail(
                host, port, user, "pass-word", "patchbay@example.com", startTls, Duration.ofHours(1));
    }

    MailDispatcher postman(MailSettings.Mail server, Instant now) {
        return new MailDispatcher(
                WORKER,
                new MailSettings(Environment.PROD, 1, server),
                outbox,
                sealing,
                tenancy,
                Clock.fixed(now, ZoneOffset.UTC));
    }

    int count(String condition) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("SELECT count(*) FROM patchbay.mail WHERE " + condition)
                        .query(Integer.class)
                        .single());
    }

    /** Due tomorrow, so that the platform's own postman leaves it alone. */
    Instant waiting(String id) {
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        insert(id, sealed(id, mail()), tomorrow);
        return tomorrow;
    }

    void insert(String id, byte[] sealed, Instant due) {
        tenancy.inTenant(tenant, () -> outbox.insert(tenant, id, sealed, due));
    }

    byte[] sealed(String id, Mail mail) {
        return tenancy.inTenant(tenant, () -> sealing.seal(tenant, Outbox.place(id), Hashing.utf8(Json.write(mail))));
    }

    Mail mail(String address, Instant until) {
        return new Mail(address, "Subject", "text", "text", until);
    }

    MailSettings.Mail sandbox() {
        return server("127.0.0.1", TestEnvironment.SANDBOX.mailPort(), "", false);
    }
}
