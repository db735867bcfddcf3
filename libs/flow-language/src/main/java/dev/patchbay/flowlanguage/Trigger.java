package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.CpuBudget;
import dev.patchbay.flowlanguage.expression.CpuBudgetSpent;
import dev.patchbay.flowlanguage.expression.Expression;
import dev.patchbay.flowlanguage.expression.ExpressionFailed;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The event that starts a flow ({@code schedule.on.one.with}).
 *
 * @param type the CloudEvent's type, such as {@code voice.call.analyzed}
 * @param attributes other CloudEvent attributes that must be equal. {@code origin} selects events by their origin: without it events
 *     from outside, {@value #OURS} echoes of our own actions, {@code any} both
 * @param data evaluated with the event's data as input; must yield true
 */
public record Trigger(String type, Map<String, String> attributes, Optional<Expression> data) {

    /** {@code origin} of an event that one of our own actions caused, an echo. */
    public static final String OURS = "patchbay";

    private static final String ORIGIN = "origin";

    public Trigger {
        attributes = Map.copyOf(attributes);
    }

    /** As {@link #matches(Map, JsonNode)}, for an event without other attributes than its type. */
    public boolean matches(String eventType, JsonNode eventData) {
        return matches(Map.of("type", eventType), eventData);
    }

    /** True when type and attributes are equal and the data expression yields true. An event for which the expression fails does not match. */
    public boolean matches(Map<String, String> eventAttributes, JsonNode eventData) {
        return matchesAttributes(eventAttributes) && applyData(eventData) instanceof TriggerResult.Matches;
    }

    /** True when type and attributes are equal, so that the data decide. Evaluates nothing. */
    public boolean matchesAttributes(Map<String, String> eventAttributes) {
        return type.equals(eventAttributes.get("type"))
                && matchesOrigin(eventAttributes.getOrDefault(ORIGIN, ""))
                && attributes.entrySet().stream()
                        .filter(expected -> !expected.getKey().equals(ORIGIN))
                        .allMatch(expected -> expected.getValue().equals(eventAttributes.get(expected.getKey())));
    }

    /** Evaluates the condition on an event's data, and says why it is not true, fails, or spends its {@link CpuBudget}. */
    public TriggerResult applyData(JsonNode eventData) {
        return data.map(condition -> evaluate(condition, eventData)).orElseGet(TriggerResult.Matches::new);
    }

    private static TriggerResult evaluate(Expression condition, JsonNode eventData) {
        try {
            return condition.holds(eventData, Map.of())
                    ? new TriggerResult.Matches()
                    : new TriggerResult.ConditionNotTrue(
                            condition.toString(), false, ConditionValues.describe(condition, eventData));
        } catch (CpuBudgetSpent spent) {
            return failed(condition, spent.sentence(), eventData);
        } catch (ExpressionFailed failed) {
            return failed(condition, failed.sentence(), eventData);
        }
    }

    private static TriggerResult failed(Expression condition, String sentence, JsonNode eventData) {
        return new TriggerResult.ConditionNotTrue(
                condition.toString(), true, sentence + " " + ConditionValues.describe(condition, eventData));
    }

    private boolean matchesOrigin(String origin) {
        String expected = attributes.get(ORIGIN);
        return expected == null ? !origin.equals(OURS) : expected.equals("any") || expected.equals(origin);
    }
}
