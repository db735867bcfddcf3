package dev.patchbay.prompts.merge;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A place at which a person must choose. The local side stands there until one does.
 *
 * @param at the section's heading path in lower case, empty for text before the first heading; of a tree, a JSON pointer whose
 *     array elements are named by their identity: {@code /general_tools/[name=book]}
 * @param base what both sides began with; null when there was nothing
 * @param template the template's side; null when it has nothing there
 * @param local this side; null when it has nothing there
 * @param proposal how both sides could be kept, which may be accepted without looking at each; null when there is no such way
 */
public record MergeConflict(
        String at,
        ConflictKind kind,
        @JsonInclude @Nullable JsonNode base,
        @JsonInclude @Nullable JsonNode template,
        @JsonInclude @Nullable JsonNode local,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode proposal) {}
