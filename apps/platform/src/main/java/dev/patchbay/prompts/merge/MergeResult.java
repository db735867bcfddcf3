package dev.patchbay.prompts.merge;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A merge.
 *
 * @param merged the text or tree; the local side stands where there is a conflict, and there are no markers
 * @param conflicts in document order; empty when the merge is clean
 */
public record MergeResult(JsonNode merged, List<MergeConflict> conflicts) {}
