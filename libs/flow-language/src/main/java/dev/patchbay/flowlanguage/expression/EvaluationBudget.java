package dev.patchbay.flowlanguage.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.IdentityHashMap;
import java.util.concurrent.TimeUnit;

/** Limits the steps, the computing time and the size of one evaluation. Each node of the expression reports to it ({@link BudgetedNodes}). */
final class EvaluationBudget {

    static final ScopedValue<EvaluationBudget> CURRENT = ScopedValue.newInstance();

    /** In characters of a text, or values of a tree. */
    static final int MAX_VALUE_SIZE = 1_000_000;

    static final int MAX_STEPS = 500_000;

    /** In characters of all texts together, so that texts within the limit cannot be joined to one beyond it. */
    private static final long MAX_CHARACTERS = 50_000_000;

    /** In pairs that a function such as {@code contains} may compare: about half a second of an ordinary machine. */
    private static final long MAX_COMPARISONS = 50_000_000;

    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** The clock is read every 256 steps. */
    private static final int CLOCK_CHECK_MASK = 0xFF;

    private final IdentityHashMap<JsonNode, Long> sizes = new IdentityHashMap<>();
    private final long start = CpuClock.nanos();
    private int steps;
    private long characters;

    void countStep() {
        steps++;
        if (steps > MAX_STEPS) {
            throw new ExpressionRejected("It takes more than 500,000 steps.");
        }
        if ((steps & CLOCK_CHECK_MASK) == 0) {
            CpuBudget.checkCurrent();
            if (CpuClock.nanos() - start > MAX_NANOS) {
                throw timeExceeded();
            }
        }
    }

    static ExpressionRejected timeExceeded() {
        return new ExpressionRejected("It takes longer than a second.");
    }

    /** The remaining time, at least 1, for code that cannot report each step. */
    long nanosLeft() {
        return Math.max(1, MAX_NANOS - (CpuClock.nanos() - start));
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
            throw new ExpressionRejected("It produces more than 50,000,000 characters of text.");
        }
    }

    void checkComparison(JsonNode one, JsonNode other) {
        if (sizeOf(one) * sizeOf(other) > MAX_COMPARISONS) {
            throw new ExpressionRejected("It compares more than 50,000,000 pairs of characters or values.");
        }
    }

    static void checkSize(long size) {
        if (size > MAX_VALUE_SIZE) {
            throw new ExpressionRejected("It produces a value of more than 1,000,000 values or characters.");
        }
    }

    /** Counts a shared part each time it occurs, as JSON writes it, so that structures that double are found. */
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
