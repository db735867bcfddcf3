package dev.patchbay.prompts.merge;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The decisions of a person on the conflicts of a merge. Equal conflicts of one section are told apart by their order, which is
 * the order in which the merge meets them.
 */
final class ConflictResolver {

    private final Map<MergeConflict, Deque<Resolution>> decisions = new HashMap<>();

    /** The local side stands everywhere. */
    static ConflictResolver undecided() {
        return new ConflictResolver(List.of(), List.of());
    }

    /** @param resolutions one for each conflict */
    ConflictResolver(List<MergeConflict> conflicts, List<Resolution> resolutions) {
        for (int i = 0; i < resolutions.size(); i++) {
            decisions
                    .computeIfAbsent(conflicts.get(i), conflict -> new ArrayDeque<>())
                    .add(resolutions.get(i));
        }
    }

    /** The text at the conflict; null when there is none. */
    @Nullable JsonNode resolve(MergeConflict conflict) {
        return switch (next(conflict)) {
            case Resolution.KeepLocal local -> conflict.local();
            case Resolution.TakeTemplate template -> conflict.template();
            case Resolution.TakeBoth both -> conflict.proposal() == null ? conflict.local() : conflict.proposal();
            case Resolution.Replace other -> other.contents();
        };
    }

    /** Whether the template's side was chosen. */
    boolean takesTemplate(MergeConflict conflict) {
        return next(conflict) instanceof Resolution.TakeTemplate;
    }

    private Resolution next(MergeConflict conflict) {
        var left = decisions.get(conflict);
        return left == null || left.isEmpty() ? new Resolution.KeepLocal() : left.remove();
    }
}
