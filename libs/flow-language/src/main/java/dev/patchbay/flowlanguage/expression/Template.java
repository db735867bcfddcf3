package dev.patchbay.flowlanguage.expression;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A JSON value in which each string of the form <code>${ … }</code> is an expression; every other value stands for itself. */
public final class Template {

    private Template() {}

    /** @throws ExpressionFailed for the first string that does not compile */
    public static Template of(JsonNode tree) {
        throw new UnsupportedOperationException();
    }

    /** A template that is one expression. */
    public static Template of(Expression expression) {
        throw new UnsupportedOperationException();
    }

    /** A new tree with every expression replaced by its value. */
    public JsonNode evaluate(JsonNode input, Map<String, JsonNode> variables) {
        throw new UnsupportedOperationException();
    }
}
