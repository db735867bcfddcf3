package dev.patchbay.flowlanguage.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.IdentityHashMap;
import java.util.concurrent.TimeUnit;

/** What one evaluation may spend: steps, time and size. Every node of the expression reports to it. */
final class EvaluationBudget {

    static final ScopedValue<EvaluationBudget> CURRENT = ScopedValue.newInstance();

    /** Characters of one text, or values of one tree. */
    static final int MAX_VALUE_SIZE = 1_000_000;

    static final int MAX_STEPS = 500_000;

    /** Characters of all texts together, so that many parts of a legal size cannot be glued into one that is not. */
    private static final long MAX_CHARACTERS = 50_000_000;

    /** What a function that looks at each pair may be given: half a second of an ordinary machine. */
    private static final long MAX_COMPARISONS = 50_000_000;

    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int CLOCK_CHECK_MASK = 0xFF;

    private final IdentityHashMap<JsonNode, Long> sizes = new IdentityHashMap<>();
    private final long start = System.nanoTime();
    private int steps;
    private long characters;

    void countStep() {
        steps++;
        if (steps > MAX_STEPS) {
            throw new ExpressionRejected("It takes more than 500,000 steps.");
        }
        if ((steps & CLOCK_CHECK_MASK) == 0 && System.nanoTime() - start > MAX_NANOS) {
            throw timeExceeded();
        }
    }

    static ExpressionRejected timeExceeded() {
        return new ExpressionRejected("It takes longer than a second.");
    }

    /** For what cannot report step by step; never less than one. */
    long nanosLeft() {
        return Math.max(1, MAX_NANOS - (System.nanoTime() - start));
    }

    void countValue(JsonNode value) {
        countStep();
        checkSize(sizeOf(value));
        if (value.isTextual()) {
            countCharacters(value.textValue().length());
        }
    }

    void countCharacters(int more) {
        characters += more;
        if (characters > MAX_CHARACTERS) {
            throw new ExpressionRejected("It makes too much text.");
        }
    }

    void checkComparison(JsonNode one, JsonNode other) {
        if (sizeOf(one) * sizeOf(other) > MAX_COMPARISONS) {
            throw new ExpressionRejected("It compares too many characters or values with each other.");
        }
    }

    static void checkSize(long size) {
        if (size > MAX_VALUE_SIZE) {
            throw new ExpressionRejected("It makes a value that is too large.");
        }
    }

    /** Counts a shared part as often as it would be written, which is what makes doubling structures explode. */
    private long sizeOf(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue().length();
        }
        if (!value.isContainerNode()) {
            return 1;
        }
        Long cached = sizes.get(value);
        if (cached != null) {
            return cached;
        }
        long sum = 1;
        for (JsonNode part : value) {
            sum += sizeOf(part);
        }
        sizes.put(value, sum);
        return sum;
    }
}
