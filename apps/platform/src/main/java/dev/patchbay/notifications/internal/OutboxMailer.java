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
        String id = Ids.next("mai", clock.instant());
        tenancy.inTenant(tenant, () -> {
            byte[] sealed = sealing.seal(tenant, MailRepository.sealingContext(id), Hashing.utf8(Json.write(mail)));
            mails.insert(tenant, id, sealed, clock.instant());
        });
        return id;
    }

    @Override
    public boolean isSent(TenantId tenant, String mailId) {
        return tenancy.inTenant(tenant, () -> mails.isSent(tenant, mailId));
    }
}
