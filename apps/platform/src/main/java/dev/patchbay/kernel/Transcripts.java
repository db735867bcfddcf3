package dev.patchbay.kernel;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds the transcript and the recording of a call in JSON, at any depth. Reading them is audited. */
public final class Transcripts {

    private static final Set<String> MEMBERS = Set.of("transcript", "recordingUrl");

    private Transcripts() {}

    /** Returns whether any part of the JSON holds a transcript or the address of a recording. */
    public static boolean presentIn(JsonNode json) {
        return MEMBERS.stream().anyMatch(member -> json.findValue(member) != null);
    }

    /** Returns the JSON without transcripts and recordings; the same object when it has none. */
    public static JsonNode remove(JsonNode json) {
        if (!presentIn(json)) {
            return json;
        }
        JsonNode copy = json.deepCopy();
        for (String member : MEMBERS) {
            List<JsonNode> parents = copy.findParents(member);
            parents.forEach(parent -> ((ObjectNode) parent).remove(member));
        }
        return copy;
    }

    /**
     * Returns the edited JSON, completed by the original's transcripts and recordings that it lacks, each in its former place.
     * A member that the edit sets to null stays removed.
     */
    public static JsonNode restore(JsonNode edited, JsonNode original) {
        JsonNode copy = edited.deepCopy();
        restoreInto(copy, original);
        return copy;
    }

    private static void restoreInto(JsonNode edited, JsonNode original) {
        if (edited instanceof ObjectNode object && original.isObject()) {
            original.forEachEntry((member, value) -> {
                if (object.has(member)) {
                    restoreInto(object.path(member), value);
                } else if (MEMBERS.contains(member)) {
                    object.set(member, value);
                }
            });
        } else if (edited.isArray() && original.isArray()) {
            for (int place = 0; place < Math.min(edited.size(), original.size()); place++) {
                restoreInto(edited.path(place), original.path(place));
            }
        }
    }
}
