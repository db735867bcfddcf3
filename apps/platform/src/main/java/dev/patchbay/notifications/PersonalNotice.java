package dev.patchbay.notifications;

import dev.patchbay.kernel.NoticeSeverity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notice as the person sees it who was told.
 *
 * @param topic its label, for example {@code connection-down}
 * @param clientId null for a notice about the agency itself
 * @param subject the resource concerned, for example {@code connection/con_01…}
 * @param facts how many facts it stands for: more than one for a summary of a flood
 * @param lastAt when the last of these happened
 * @param readAt null while it is unread
 */
public record PersonalNotice(
        String id,
        String topic,
        NoticeSeverity severity,
        @Nullable String clientId,
        String subject,
        String title,
        String text,
        int facts,
        Instant at,
        Instant lastAt,
        @Nullable Instant readAt) {}
