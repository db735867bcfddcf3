package dev.patchbay.prompts;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.prompts.format.PromptFileMerge.PlacedConflict;
import dev.patchbay.prompts.format.PromptValidation;
import dev.patchbay.prompts.merge.Resolution;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Manages each client's own prompt, which is made from a template's release, edited here, and updated to later releases by a
 * merge.
 */
public interface PromptInstances {

    /** @param revision the revision for If-Match, which each change raises */
    record InstanceView(
            InstanceId id,
            ClientId clientId,
            TemplateId templateId,
            String baseVersion,
            int revision,
            Instant createdAt) {}

    record InstanceDetail(InstanceView instance, String source, Map<String, JsonNode> values) {}

    /**
     * Describes the result that an update would have.
     *
     * @param source the merged file, which has the local side in conflicts
     */
    record UpdatePreview(String from, String to, int revision, String source, List<PlacedConflict> conflicts) {}

    /**
     * Describes a release of a client's prompt.
     *
     * @param number the number of the release, counted from 1 for each prompt
     * @param baseVersion the version of the template with which the prompt was last merged
     * @param releasedBy the id of a user or service token
     * @param approvedBy the id of the approver; null until the release is approved
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
     * Returns the prompts within the scope.
     *
     * @param client the client; null for all clients
     */
    List<InstanceView> list(TenantScope scope, @Nullable ClientId client);

    /**
     * Returns a prompt with its file.
     *
     * @throws Problem {@code 404.prompt_not_found}
     */
    InstanceDetail find(TenantScope scope, InstanceId id);

    /**
     * Makes a client's prompt from a template's release.
     *
     * @param version the version of the template; null for the newest
     * @throws Problem {@code 404.client_not_found}, {@code 404.prompt_not_found}, {@code 409.version_conflict} when the client
     *     already has a prompt of this template
     */
    InstanceView create(
            TenantScope scope,
            String actor,
            ClientId client,
            TemplateId template,
            @Nullable String version,
            Map<String, JsonNode> values);

    /**
     * Replaces the prompt's file.
     *
     * @param revision the revision that was edited
     * @throws Problem {@code 422.prompt_invalid}, {@code 409.version_conflict}
     */
    InstanceView edit(TenantScope scope, String actor, InstanceId id, int revision, String source);

    /**
     * Replaces the client's values. The values are checked when the prompt is released.
     *
     * @throws Problem {@code 409.version_conflict}
     */
    InstanceView setValues(TenantScope scope, String actor, InstanceId id, int revision, Map<String, JsonNode> values);

    /** Merges a template's release into the prompt, and stores nothing. */
    UpdatePreview previewUpdate(TenantScope scope, InstanceId id, String to);

    /**
     * Merges a template's release into the prompt.
     *
     * @param revision the revision of which the preview was made
     * @param resolutions the decisions, one for each conflict of the preview
     * @throws Problem {@code 409.version_conflict} when the prompt has changed, or a conflict has no resolution
     */
    InstanceView update(
            TenantScope scope, String actor, InstanceId id, int revision, String to, List<Resolution> resolutions);

    /** Checks the prompt with its client's values, as a release would. */
    PromptValidation.Report validate(TenantScope scope, InstanceId id);

    /** Returns the text at {@code template:1.2.0}, {@code draft} or {@code release:3}. */
    String findSource(TenantScope scope, InstanceId id, String reference);

    /**
     * Releases the prompt, frozen as it is now.
     *
     * @throws Problem {@code 422.prompt_invalid} with every error
     */
    ReleaseView release(TenantScope scope, String actor, InstanceId id);

    /** Returns the releases of the prompt, newest first. */
    List<ReleaseView> listReleases(TenantScope scope, InstanceId id);

    /**
     * Approves a release.
     *
     * @throws Problem {@code 409.version_conflict} when its state does not allow it, or the approver released it
     */
    ReleaseView approve(TenantScope scope, String actor, ReleaseId id);

    /**
     * Withdraws a release.
     *
     * @throws Problem {@code 409.version_conflict} when its state does not allow it
     */
    ReleaseView withdraw(TenantScope scope, String actor, ReleaseId id);
}
