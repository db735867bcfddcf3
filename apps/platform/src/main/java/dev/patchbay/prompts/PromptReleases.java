package dev.patchbay.prompts;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantScope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Releases of clients' prompts: frozen contents, which another person approves before they may be deployed. */
public interface PromptReleases {

    /**
     * A release of a client's prompt.
     *
     * @param number counts the prompt's releases, from 1
     * @param baseVersion of the template that the prompt was merged with last
     * @param releasedBy a user's or service token's id
     * @param approvedBy null until the release is approved
     */
    record ReleaseView(
            ReleaseId id,
            InstanceId instanceId,
            ClientId clientId,
            int number,
            String baseVersion,
            ReleaseState state,
            String releasedBy,
            Instant releasedAt,
            @Nullable String approvedBy) {}

    /**
     * Freezes the prompt as it is now.
     *
     * @throws Problem {@code 422.prompt_invalid} with every error
     */
    ReleaseView release(TenantScope scope, String actor, InstanceId id);

    /** The newest first. */
    List<ReleaseView> listReleases(TenantScope scope, InstanceId id);

    /** @throws Problem {@code 409.version_conflict} when its state does not allow it, or the approver released it */
    ReleaseView approve(TenantScope scope, String actor, ReleaseId id);

    /** @throws Problem {@code 409.version_conflict} when its state does not allow it */
    ReleaseView withdraw(TenantScope scope, String actor, ReleaseId id);
}
