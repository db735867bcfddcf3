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

/** Each client's own prompt: made from a template's release, edited here, updated to later releases by a merge. */
public interface PromptInstances {

    /** @param revision raised by each change, for If-Match */
    record InstanceView(
            InstanceId id,
            ClientId clientId,
            TemplateId templateId,
            String baseVersion,
            int revision,
            Instant createdAt) {}

    record InstanceDetail(InstanceView instance, String source, Map<String, JsonNode> values) {}

    /**
     * The result that an update would have.
     *
     * @param source the merged file; the local side stands in conflicts
     */
    record UpdatePreview(String from, String to, int revision, String source, List<PlacedConflict> conflicts) {}

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
     * The prompts within the scope.
     *
     * @param client null for all clients
     */
    List<InstanceView> list(TenantScope scope, @Nullable ClientId client);

    /** @throws Problem {@code 404.prompt_not_found} */
    InstanceDetail find(TenantScope scope, InstanceId id);

    /**
     * Makes a client's prompt from a template's release.
     *
     * @param version null for the newest
     * @throws Problem {@code 404.client_not_found}, {@code 404.prompt_not_found}, {@code 409.version_conflict} when the client has
     *     a prompt of this template
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
     * @param revision that was edited
     * @throws Problem {@code 422.prompt_invalid}, {@code 409.version_conflict}
     */
    InstanceView edit(TenantScope scope, String actor, InstanceId id, int revision, String source);

    /**
     * Replaces the client's values. They are checked when the prompt is released.
     *
     * @throws Problem {@code 409.version_conflict}
     */
    InstanceView setValues(TenantScope scope, String actor, InstanceId id, int revision, Map<String, JsonNode> values);

    /** Merges a template's release into the prompt, and stores nothing. */
    UpdatePreview previewUpdate(TenantScope scope, InstanceId id, String to);

    /**
     * Merges a template's release into the prompt.
     *
     * @param revision the preview was made of
     * @param resolutions one for each conflict of the preview
     * @throws Problem {@code 409.version_conflict} when the prompt moved, or a conflict has no resolution
     */
    InstanceView update(
            TenantScope scope, String actor, InstanceId id, int revision, String to, List<Resolution> resolutions);

    /** Checks the prompt with its client's values, as a release would. */
    PromptValidation.Report validate(TenantScope scope, InstanceId id);

    /** The text at {@code template:1.2.0}, {@code draft} or {@code release:3}. */
    String findSource(TenantScope scope, InstanceId id, String reference);

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
