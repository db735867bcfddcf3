package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.Expression;
import dev.patchbay.flowlanguage.expression.ValuePath;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Names the values that a condition was evaluated on: {@code .call.analysis.custom.wants_appointment is null}. */
final class ConditionValues {

    private static final int MAX_VALUES = 5;
    private static final int MAX_VALUE_LENGTH = 60;

    private ConditionValues() {}

    /** Only values that are no objects or lists: a whole call would hold its transcript. */
    static String describe(Expression condition, JsonNode data) {
        String values = condition.valuePaths().stream()
                .filter(path ->
                        path.root().equals(ValuePath.INPUT) && !path.members().isEmpty())
                .filter(path -> !valueAt(data, path).isContainer())
                .map(path -> "." + String.join(".", path.members()) + " is " + text(valueAt(data, path)))
                .distinct()
                .limit(MAX_VALUES)
                .collect(Collectors.joining(", "));
        return values.isEmpty() ? "It reads no single value of the event." : values + ".";
    }

    private static JsonNode valueAt(JsonNode data, ValuePath path) {
        JsonNode value = data;
        for (String member : path.members()) {
            value = member.equals(ValuePath.ITEM) ? MissingNode.getInstance() : value.path(member);
        }
        return value;
    }

    private static String text(JsonNode value) {
        String text = value.isMissingNode() ? "null" : value.toString();
        return text.length() > MAX_VALUE_LENGTH ? text.substring(0, MAX_VALUE_LENGTH) + "…" : text;
    }
}
