package dev.patchbay.prompts.merge;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The three-way merge. No line, member or element of either side is lost without a conflict that shows it, and none that either
 * side deleted comes back.
 */
public final class PromptMerge {

    private PromptMerge() {}

    /**
     * Merges; the local side stands in conflicts.
     *
     * @param base what the client's prompt was made from
     * @param template the template's new release
     * @param local the client's prompt with its own edits
     * @throws IllegalArgumentException when one of three texts is no string
     */
    public static MergeResult merge(MergeKind kind, JsonNode base, JsonNode template, JsonNode local) {
        return merge(kind, base, template, local, ConflictResolver.undecided());
    }

    /**
     * Merges with a person's decisions.
     *
     * @param resolutions one for each conflict of the merge without decisions, in their order
     * @throws IllegalArgumentException when they are not as many
     */
    public static MergeResult merge(
            MergeKind kind, JsonNode base, JsonNode template, JsonNode local, List<Resolution> resolutions) {
        List<MergeConflict> conflicts = merge(kind, base, template, local).conflicts();
        if (conflicts.size() != resolutions.size()) {
            throw new IllegalArgumentException(
                    "a merge with " + conflicts.size() + " conflicts needs as many resolutions");
        }
        return merge(kind, base, template, local, new ConflictResolver(conflicts, resolutions));
    }

    private static MergeResult merge(
            MergeKind kind, JsonNode base, JsonNode template, JsonNode local, ConflictResolver resolver) {
        return switch (kind) {
            case TEXT -> TextMerge.merge(text(base), text(template), text(local), resolver);
            case JSON -> TreeMerge.merge(base, template, local, resolver);
        };
    }

    private static String text(JsonNode value) {
        if (!value.isString()) {
            throw new IllegalArgumentException("a text is a string");
        }
        return value.asString();
    }
}
