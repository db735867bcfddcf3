package dev.patchbay.iam.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a user or service token may do something, and why.
 *
 * @param reason one sentence
 * @param via the assignments that allow it; of a refusal, those that hold the permission for another scope or have expired
 */
public record Decision(boolean allow, String reason, List<Via> via) {

    /**
     * An assignment that was considered.
     *
     * @param assignment its id; of a service token the token's
     * @param group the group that has the assignment; null when the user has it directly
     * @param clientId the only client it is for
     * @param resource the only resource it is for
     */
    public record Via(
            String assignment,
            String role,
            @Nullable String group,
            @Nullable String clientId,
            @Nullable String resource,
            Optional<Instant> expiresAt) {}
}
