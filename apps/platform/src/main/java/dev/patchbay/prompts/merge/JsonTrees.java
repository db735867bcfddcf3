package dev.patchbay.prompts.merge;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compares trees: a member that is null is absent, numbers are equal by value, members have no order. */
public final class JsonTrees {

    private JsonTrees() {}

    public static boolean areEqual(@Nullable JsonNode one, @Nullable JsonNode other) {
        JsonNode a = present(one);
        JsonNode b = present(other);
        if (a == null || b == null) {
            return a == null && b == null;
        }
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue()) == 0;
        }
        if (a.isObject() && b.isObject()) {
            Set<String> members = new HashSet<>(a.propertyNames());
            members.addAll(b.propertyNames());
            return members.stream().allMatch(member -> areEqual(a.path(member), b.path(member)));
        }
        if (a.isArray() && b.isArray()) {
            return a.size() == b.size() && haveEqualElements(a, b);
        }
        return a.equals(b);
    }

    private static boolean haveEqualElements(JsonNode one, JsonNode other) {
        Iterator<JsonNode> others = other.iterator();
        for (JsonNode element : one) {
            if (!areEqual(element, others.next())) {
                return false;
            }
        }
        return true;
    }

    /** The value, or null when it is missing or JSON null. */
    static @Nullable JsonNode present(@Nullable JsonNode value) {
        return value == null || value.isNull() || value.isMissingNode() ? null : value;
    }

    static boolean contains(List<JsonNode> values, JsonNode value) {
        return values.stream().anyMatch(each -> areEqual(each, value));
    }
}
