package dev.patchbay.notifications;

import dev.patchbay.kernel.TenantId;
import java.util.Objects;
import java.util.Optional;

/**
 * Sends mails, each at least once: SMTP cannot tell whether a mail whose response was lost has left. A repeat has the same
 * Message-ID, by which mailboxes recognise it. The content is sealed with the tenant's key while the mail is queued, and deleted
 * once it is sent.
 */
public interface Mailer {

    /** Queues the mail in the caller's transaction of that tenant, or in one of its own; it is sent after the commit. */
    default void send(TenantId tenant, Mail mail) {
        Objects.requireNonNull(queue(tenant, mail));
    }

    /** As {@link #send}, and returns the mail's id. */
    String queue(TenantId tenant, Mail mail);

    /**
     * As {@link #queue}, but once for each key, however often it is asked to.
     *
     * @param key unique within the tenant
     */
    String queueOnce(TenantId tenant, String key, Mail mail);

    /** The id of the mail that was queued under the key. */
    Optional<String> findQueued(TenantId tenant, String key);

    /** Whether the server has accepted the mail. */
    boolean isSent(TenantId tenant, String mailId);
}
