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
 * Evaluates any text as an expression on any data: the first line is the expression, the rest is JSON for {@code .} and
 * {@code $event}. The result is a value within the limits that {@link Expression} states, the same each time, or a sentence that
 * says why there is none.
 */
final class ExpressionFuzz {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MAX_DEPTH = 200;
    private static final long MAX_SIZE = 1_000_000;

    /** The limit of one second, plus the pauses of a garbage collector or a busy machine. */
    private static final Duration MAX_DURATION = Duration.ofSeconds(4);

    private ExpressionFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String[] lines = new String(input, UTF_8).split("\n", 2);
        JsonNode data = lines.length > 1 ? data(lines[1]) : NullNode.getInstance();
        Expression expression;
        try {
            expression = Expression.compile(lines[0]);
        } catch (ExpressionFailed failed) {
            require(!failed.sentence().isBlank(), "rejected without a reason");
            return;
        }
        Optional<JsonNode> first = value(expression, data);
        first.ifPresent(it -> require(size(it, 0) <= MAX_SIZE, "larger than the limit"));
        Optional<JsonNode> again = value(expression, data);
        require(first.isEmpty() || again.isEmpty() || first.equals(again), "two evaluations, two values");
        require(!expression.isConstant() || same(first, value(expression, NullNode.getInstance())), "not constant");
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
        } catch (ExpressionFailed failed) {
            require(!failed.sentence().isBlank(), "rejected without a reason");
            return Optional.empty();
        } finally {
            require(System.nanoTime() - start < MAX_DURATION.toNanos(), "took longer than the limit");
        }
    }

    private static boolean same(Optional<JsonNode> one, Optional<JsonNode> other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }

    /** Counted as the limit is: characters of texts, and values. */
    private static long size(JsonNode value, int depth) {
        require(depth <= MAX_DEPTH, "deeper than the limit");
        require(
                !value.isString() || UTF_8.newEncoder().canEncode(value.stringValue()),
                "a text that cannot be written: " + value);
        long size = value.isString() ? value.stringValue().length() : 1;
        for (JsonNode part : value) {
            size += size(part, depth + 1);
        }
        return size;
    }

    private static void require(boolean holds, String violation) {
        if (!holds) {
            throw new AssertionError(violation);
        }
    }
}
