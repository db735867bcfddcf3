package dev.patchbay.prompts;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Manages templates, each with one draft that is edited, and with releases that never change. */
public interface PromptTemplates {

    /**
     * Describes a template.
     *
     * @param newest the version that was released last; null before the first release
     * @param hasDraft whether the draft differs from the newest release
     * @param revision the revision of the draft
     */
    record TemplateView(
            TemplateId id, String name, @Nullable String newest, boolean hasDraft, int revision, Instant createdAt) {}

    /**
     * Describes a template with its draft and its releases, the newest first. Without a draft, the newest release's text takes
     * its place.
     */
    record TemplateDetail(TemplateView template, String draft, List<ReleaseSummary> releases) {}

    record ReleaseSummary(String version, TemplateState state, String notes, String releasedBy, Instant releasedAt) {}

    record TemplateRelease(ReleaseSummary release, String source) {}

    /** Returns all templates of the tenant. */
    List<TemplateView> list(TenantId tenant);

    /**
     * Returns a template with its draft and releases.
     *
     * @throws Problem {@code 404.prompt_not_found}
     */
    TemplateDetail find(TenantId tenant, TemplateId id);

    /**
     * Returns a release of a template.
     *
     * @throws Problem {@code 404.prompt_not_found}
     */
    TemplateRelease findRelease(TenantId tenant, TemplateId id, String version);

    /**
     * Stores a file as the draft of a new template, under the file's name.
     *
     * @throws Problem {@code 422.prompt_invalid} when it is no prompt file; {@code 409.version_conflict} when the name is taken
     */
    TemplateView create(TenantId tenant, String actor, String source);

    /**
     * Replaces the draft.
     *
     * @param revision the revision of the draft that was edited
     * @throws Problem {@code 422.prompt_invalid}; {@code 409.version_conflict} when somebody else edited it
     */
    TemplateView edit(TenantId tenant, String actor, TemplateId id, int revision, String source);

    /**
     * Releases the draft. The version is computed from the changes: a removed or newly required variable needs a new major
     * version, an added variable, tool, state or node a new minor version.
     *
     * @param version a version higher than the computed one; null for the computed one
     * @throws Problem {@code 422.prompt_invalid} with every error; {@code 409.version_conflict} without a draft, or when the
     *     version is lower than the computed one
     */
    ReleaseSummary release(TenantId tenant, String actor, TemplateId id, @Nullable String version, String notes);

    /** Withdraws a release; a second withdrawal changes nothing. */
    ReleaseSummary withdraw(TenantId tenant, String actor, TemplateId id, String version);
}
