package dev.patchbay.flowlanguage.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import net.thisptr.jackson.jq.Output;

/** Takes what jq yields: keeps the last value and counts them. */
final class SingleValue implements Output {

    JsonNode value = NullNode.getInstance();
    int count;

    @Override
    public void emit(JsonNode yielded) {
        value = yielded;
        count++;
    }
}
