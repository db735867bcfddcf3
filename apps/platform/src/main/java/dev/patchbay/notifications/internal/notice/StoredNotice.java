package dev.patchbay.notifications.internal.notice;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.NoticeSeverity;
import dev.patchbay.kernel.NoticeTopic;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.UserId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A row of the table {@code notice}.
 *
 * @param client empty: about the agency itself
 * @param recipient the only person who is told; empty: everybody who may read the subject
 * @param summary whether it stands for a flood of notices, {@code facts} of them
 * @param planned whether its deliveries are planned
 */
record StoredNotice(
        TenantId tenant,
        String id,
        Optional<ClientId> client,
        NoticeTopic topic,
        String subject,
        NoticeSeverity severity,
        Map<String, String> data,
        Optional<UserId> recipient,
        int facts,
        boolean summary,
        Instant createdAt,
        Instant lastAt,
        boolean planned) {

    /** The same notice as if it were a single one, since the count of a summary grows. */
    StoredNotice withoutCount() {
        return new StoredNotice(
                tenant, id, client, topic, subject, severity, data, recipient, 1, false, createdAt, lastAt, planned);
    }
}
