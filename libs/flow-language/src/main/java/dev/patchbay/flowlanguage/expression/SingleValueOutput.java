package dev.patchbay.flowlanguage.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import net.thisptr.jackson.jq.Output;

/** Takes what jq yields: keeps the last value and counts them. */
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
            throw new ExpressionRejected("It yields more than one value; wrap it in [ ] for a list.");
        }
        return value;
    }
}
