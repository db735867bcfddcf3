package dev.patchbay.iam.sessions;

import dev.patchbay.iam.SessionId;
import dev.patchbay.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session of a user.
 *
 * @param seenAt last use, to the minute
 * @param until it expires then unless it is used before; never after {@code absoluteUntil}
 * @param endedAt null unless it was ended before it expired
 * @param impersonation the operator who acts as the user; null in the user's own session
 */
public record Session(
        SessionId id,
        UserId userId,
        Instant createdAt,
        Instant seenAt,
        Instant until,
        Instant absoluteUntil,
        @Nullable Instant endedAt,
        String sourceIp,
        String userAgent,
        @Nullable Impersonation impersonation) {

    /** Its state at that time. */
    SessionState stateAt(Instant now) {
        if (endedAt != null) {
            return SessionState.ENDED;
        }
        return until.isAfter(now) ? SessionState.ACTIVE : SessionState.EXPIRED;
    }
}
