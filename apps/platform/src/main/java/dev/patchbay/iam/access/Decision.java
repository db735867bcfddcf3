package dev.patchbay.iam.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody may do something, and why.
 *
 * @param reason one sentence
 * @param via what allows it; of a refusal what would, were it for another scope or not ended
 */
public record Decision(boolean allow, String reason, List<Via> via) {

    /**
     * An assignment that counts.
     *
     * @param assignment its id; of a service token the token's
     * @param group through which group it came
     * @param clientId the only client it is for
     * @param resource the only thing it is for
     */
    public record Via(
            String assignment,
            String role,
            @Nullable String group,
            @Nullable String clientId,
            @Nullable String resource,
            Optional<Instant> expiresAt) {}
}
