package dev.patchbay.flowlanguage.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.IdentityHashMap;
import java.util.concurrent.TimeUnit;

/** What one evaluation may spend: steps, time and size. Every node of the expression reports to it. */
final class Budget {

    static final ScopedValue<Budget> CURRENT = ScopedValue.newInstance();

    /** Characters of one text, or values of one tree. */
    static final int LARGEST_VALUE = 1_000_000;

    static final int MOST_STEPS = 500_000;

    /** Characters of all texts together, so that many parts of a legal size cannot be glued into one that is not. */
    private static final long MOST_CHARACTERS = 50_000_000;

    /** What a function that looks at each pair may be given: half a second of an ordinary machine. */
    private static final long MOST_PAIRS = 50_000_000;

    private static final long LONGEST = TimeUnit.SECONDS.toNanos(1);
    private static final int STEPS_BETWEEN_LOOKS = 0xFF;

    private final IdentityHashMap<JsonNode, Long> weights = new IdentityHashMap<>();
    private final long start = System.nanoTime();
    private int steps;
    private long characters;

    void step() {
        steps++;
        if (steps > MOST_STEPS) {
            throw new ExpressionRejected("It takes more than 500,000 steps.");
        }
        if ((steps & STEPS_BETWEEN_LOOKS) == 0 && System.nanoTime() - start > LONGEST) {
            throw tooSlow();
        }
    }

    static ExpressionRejected tooSlow() {
        return new ExpressionRejected("It takes longer than a second.");
    }

    /** For what cannot report step by step; never less than one. */
    long nanosLeft() {
        return Math.max(1, LONGEST - (System.nanoTime() - start));
    }

    void emitted(JsonNode value) {
        step();
        refuseAbove(weight(value));
        if (value.isTextual()) {
            wrote(value.textValue().length());
        }
    }

    void wrote(int more) {
        characters += more;
        if (characters > MOST_CHARACTERS) {
            throw new ExpressionRejected("It makes too much text.");
        }
    }

    void compares(JsonNode one, JsonNode other) {
        if (weight(one) * weight(other) > MOST_PAIRS) {
            throw new ExpressionRejected("It compares too many characters or values with each other.");
        }
    }

    static void refuseAbove(long weight) {
        if (weight > LARGEST_VALUE) {
            throw new ExpressionRejected("It makes a value that is too large.");
        }
    }

    /** Counts a shared part as often as it would be written, which is what makes doubling structures explode. */
    private long weight(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue().length();
        }
        if (!value.isContainerNode()) {
            return 1;
        }
        Long known = weights.get(value);
        if (known != null) {
            return known;
        }
        long sum = 1;
        for (JsonNode part : value) {
            sum += weight(part);
        }
        weights.put(value, sum);
        return sum;
    }
}
