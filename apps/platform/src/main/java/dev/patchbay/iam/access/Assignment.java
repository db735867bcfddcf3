package dev.patchbay.iam.access;

import dev.patchbay.iam.AssignmentId;
import dev.patchbay.iam.RoleId;
import dev.patchbay.kernel.ClientId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A role of a user or a group.
 *
 * @param subject a user's or a group's id
 * @param clientId the only client it is for; null: not limited to a client
 * @param resource the only resource it is for, as {@code flows/flw_…}; null: not limited to a resource
 * @param expiresAt null: it does not expire
 * @param createdBy a user's or service token's id, or {@code system}
 */
public record Assignment(
        AssignmentId id,
        String subject,
        RoleId role,
        @Nullable String clientId,
        @Nullable String resource,
        @Nullable Instant expiresAt,
        String createdBy,
        Instant createdAt) {

    Optional<ClientId> client() {
        return Optional.ofNullable(clientId).map(ClientId::new);
    }

    /** As audit entries name it. */
    String auditName() {
        return "assignment/" + id;
    }
}
