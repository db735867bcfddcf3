package dev.patchbay.flowlanguage.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import net.thisptr.jackson.jq.Output;

/** Receives the values that jq yields, and requires that there is exactly one. */
final class SingleValueOutput implements Output {

    private JsonNode value = NullNode.getInstance();
    private int count;

    @Override
    public void emit(JsonNode yielded) {
        value = yielded;
        count++;
    }

    JsonNode requireSingle() {
        if (count == 0) {
            throw new ExpressionRejected("It yields no value.");
        }
        if (count > 1) {
            throw new ExpressionRejected("It yields more than one value; wrap it in [ ] to get a list.");
        }
        return value;
    }
}
