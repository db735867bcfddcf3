package dev.patchbay.flowlanguage.expression;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A compiled jq expression. Immutable; any number of threads may evaluate it. */
public final class Expression {

    private final String text;

    private Expression(String text) {
        this.text = text;
    }

    /**
     * Compiles <code>${ … }</code>, or the bare jq that the standard allows where only an expression can stand ({@code if}, {@code when}).
     *
     * @throws ExpressionFailed when it is not jq, or uses what would make a replay differ from the first run
     */
    public static Expression compile(String text) {
        return new Expression(text);
    }

    /**
     * Evaluates to exactly one value.
     *
     * @param input what {@code .} is
     * @param variables by name without dollar sign: {@code event}, {@code steps}, {@code client}, …
     * @throws ExpressionFailed when the data does not fit, nothing or more than one value comes out, or a bound is reached
     */
    public JsonNode evaluate(JsonNode input, Map<String, JsonNode> variables) {
        throw new UnsupportedOperationException();
    }

    /** True when it evaluates to the value {@code true}; anything else is false. */
    public boolean holds(JsonNode input, Map<String, JsonNode> variables) {
        JsonNode value = evaluate(input, variables);
        return value.isBoolean() && value.booleanValue();
    }

    @Override
    public String toString() {
        return text;
    }
}
