package dev.patchbay.prompts.merge;

import dev.patchbay.kernel.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How the elements of Retell's arrays are told apart, by the member that holds the array. */
final class ArrayIdentity {

    private static final Map<String, String> IDENTITIES = Map.ofEntries(
            Map.entry("general_tools", "name"),
            Map.entry("tools", "name"),
            Map.entry("states", "name"),
            Map.entry("post_call_analysis_data", "name"),
            Map.entry("mcps", "name"),
            Map.entry("components", "name"),
            Map.entry("nodes", "id"),
            Map.entry("edges", "destination_state_name"),
            Map.entry("pronunciation_dictionary", "word"));

    private static final Set<String> SETS =
            Set.of("boosted_keywords", "knowledge_base_ids", "webhook_events", "tags", "backchannel_words");

    private ArrayIdentity() {}

    static boolean isSet(String member) {
        return SETS.contains(member);
    }

    /** The member that identifies an element of the array. */
    static Optional<String> find(String arrayMember) {
        return Optional.ofNullable(IDENTITIES.get(arrayMember));
    }

    /** The elements by their identity; empty when one has none, or two have the same. A missing array has no elements. */
    static Optional<SequencedMap<String, JsonNode>> index(@Nullable JsonNode array, String identity) {
        SequencedMap<String, JsonNode> elements = new LinkedHashMap<>();
        if (array == null) {
            return Optional.of(elements);
        }
        for (JsonNode element : array) {
            JsonNode id = element.path(identity);
            if (!id.isString() || elements.putIfAbsent(id.asString(), element) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(elements);
    }

    /** The place of an element in a pointer: {@code [name=book]}. */
    static String segment(String identity, String value) {
        return "[" + identity + "=" + escape(value) + "]";
    }

    /** As JSON pointers escape a member (RFC 6901). */
    static String escape(String member) {
        return member.replace("~", "~0").replace("/", "~1");
    }

    static JsonNode texts(Iterable<String> values) {
        return Json.tree(values);
    }
}
