package dev.patchbay.notifications;

import dev.patchbay.connections.Sealing;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.notifications.internal.Outbox;
import java.time.Clock;
import org.springframework.stereotype.Component;

/**
 * Sends mails: at least once, since SMTP cannot tell whether a mail whose answer was lost has left. What they say is sealed with
 * the tenant's key while it waits, and forgotten once it is sent.
 */
@Component
public class Mailer {

    private final Outbox outbox;
    private final Sealing sealing;
    private final Tenancy tenancy;
    private final Clock clock;

    Mailer(Outbox outbox, Sealing sealing, Tenancy tenancy, Clock clock) {
        this.outbox = outbox;
        this.sealing = sealing;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /** Takes the mail in; it leaves once the caller's transaction of that tenant is committed. */
    public void send(TenantId tenant, Mail mail) {
        String id = Ids.next("mai", clock.instant());
        tenancy.inTenant(tenant, () -> {
            byte[] sealed = sealing.seal(tenant, Outbox.place(id), Hashing.utf8(Json.write(mail)));
            outbox.insert(tenant, id, sealed, clock.instant());
        });
    }
}
