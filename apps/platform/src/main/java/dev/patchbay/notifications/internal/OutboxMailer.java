package dev.patchbay.notifications.internal;

import dev.patchbay.connections.Sealing;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.notifications.Mail;
import dev.patchbay.notifications.Mailer;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Queues mails in the outbox, the table {@code mail}. {@link MailDispatcher} sends them. */
@Component
class OutboxMailer implements Mailer {

    private final MailRepository mails;
    private final Sealing sealing;
    private final Tenancy tenancy;
    private final Clock clock;

    OutboxMailer(MailRepository mails, Sealing sealing, Tenancy tenancy, Clock clock) {
        this.mails = mails;
        this.sealing = sealing;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    @Override
    public String queue(TenantId tenant, Mail mail) {
        return insert(tenant, Ids.next("mai", clock.instant()), mail);
    }

    private String insert(TenantId tenant, String id, Mail mail) {
        tenancy.inTenant(tenant, () -> {
            byte[] sealed = sealing.seal(tenant, MailRepository.sealingContext(id), Hashing.utf8(Json.write(mail)));
            mails.insert(tenant, id, sealed, clock.instant());
        });
        return id;
    }

    @Override
    public String queueOnce(TenantId tenant, String key, Mail mail) {
        return insert(tenant, idOf(key), mail);
    }

    @Override
    public Optional<String> findQueued(TenantId tenant, String key) {
        String id = idOf(key);
        return tenancy.inTenant(tenant, () -> mails.exists(tenant, id)) ? Optional.of(id) : Optional.empty();
    }

    private static String idOf(String key) {
        return "mai_" + HexFormat.of().formatHex(Hashing.sha256(Hashing.utf8(key)), 0, 16);
    }

    @Override
    public boolean isSent(TenantId tenant, String mailId) {
        return tenancy.inTenant(tenant, () -> mails.isSent(tenant, mailId));
    }
}
