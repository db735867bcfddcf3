package dev.patchbay.iam.people;

import dev.patchbay.iam.InvitationId;
import dev.patchbay.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An invitation by mail, without the secret of its link.
 *
 * @param invitedBy a user's or service token's id
 */
public record Invitation(
        InvitationId id,
        UserId userId,
        String invitedBy,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant acceptedAt,
        @Nullable Instant revokedAt) {

    /** Its state at that time. */
    InvitationState stateAt(Instant now) {
        if (acceptedAt != null) {
            return InvitationState.ACCEPTED;
        }
        if (revokedAt != null) {
            return InvitationState.REVOKED;
        }
        return expiresAt.isAfter(now) ? InvitationState.OPEN : InvitationState.EXPIRED;
    }
}
