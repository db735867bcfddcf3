package dev.patchbay.flowlanguage.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/**
 * Any text as an expression, on any data: the first line is the expression, what follows is JSON for {@code .} and
 * {@code $event}. It has a value within the bounds that {@link Expression} states, always the same, or a reason why it has none.
 */
final class ExpressionFuzz {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MAX_DEPTH = 200;
    private static final long MAX_SIZE = 1_000_000;

    /** A second, as promised, and what a stop of the collector or a busy machine may add. */
    private static final Duration MAX_DURATION = Duration.ofSeconds(4);

    private ExpressionFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String[] lines = new String(input, UTF_8).split("\n", 2);
        JsonNode data = lines.length > 1 ? data(lines[1]) : NullNode.getInstance();
        Expression expression;
        try {
            expression = Expression.compile(lines[0]);
        } catch (ExpressionFailed refused) {
            require(!refused.sentence().isBlank(), "refused without a reason");
            return;
        }
        Optional<JsonNode> first = value(expression, data);
        first.ifPresent(it -> require(size(it, 0) <= MAX_SIZE, "larger than promised"));
        Optional<JsonNode> again = value(expression, data);
        require(first.isEmpty() || again.isEmpty() || first.equals(again), "twice evaluated, two values");
        require(!expression.isConstant() || same(first, value(expression, NullNode.getInstance())), "no constant");
    }

    private static JsonNode data(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException noJson) {
            return NullNode.getInstance();
        }
    }

    private static Optional<JsonNode> value(Expression expression, JsonNode data) {
        long start = System.nanoTime();
        try {
            return Optional.of(expression.evaluate(data, Map.of("event", data)));
        } catch (ExpressionFailed refused) {
            require(!refused.sentence().isBlank(), "refused without a reason");
            return Optional.empty();
        } finally {
            require(System.nanoTime() - start < MAX_DURATION.toNanos(), "took longer than promised");
        }
    }

    private static boolean same(Optional<JsonNode> one, Optional<JsonNode> other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }

    /** As the bound counts it: characters of texts, and values. */
    private static long size(JsonNode value, int depth) {
        require(depth <= MAX_DEPTH, "deeper than promised");
        require(
                !value.isString() || UTF_8.newEncoder().canEncode(value.stringValue()),
                "a text that cannot be written: " + value);
        long size = value.isString() ? value.stringValue().length() : 1;
        for (JsonNode part : value) {
            size += size(part, depth + 1);
        }
        return size;
    }

    private static void require(boolean kept, String broken) {
        if (!kept) {
            throw new AssertionError(broken);
        }
    }
}
