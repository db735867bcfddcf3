package dev.patchbay.flows.run;

import dev.patchbay.flowlanguage.RetryPolicy;
import dev.patchbay.flowlanguage.Task;
import dev.patchbay.flowlanguage.expression.Expression;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * The errors that a {@code try} catches, and its retries.
 *
 * @param pointer of the {@code try}
 */
record CatchRules(Task.Catch handler, String pointer, ExpressionScope scope) {

    private static final RandomGenerator RANDOM = RandomGenerator.getDefault();

    boolean catches(TaskFailed failed, JsonNode input) {
        return !failed.isTimeoutAround(pointer)
                && handler.errors().matches(failed.error())
                && conditionsHold(handler.when(), handler.exceptWhen(), input);
    }

    /**
     * The policy, when another attempt follows.
     *
     * @param attempt the number of the one that failed, from 1
     * @param startedAt of the first attempt
     * @param hasPassed whether a deadline has passed
     */
    Optional<RetryPolicy> retryAfter(
            int attempt, JsonNode input, Supplier<Instant> startedAt, Predicate<Deadline> hasPassed) {
        return handler.retry()
                .filter(policy -> attempt < policy.maxAttempts()
                        && policy.maxDuration()
                                .map(limit -> !hasPassed.test(
                                        new Deadline(startedAt.get().plus(limit), pointer)))
                                .orElse(true)
                        && conditionsHold(policy.when(), policy.exceptWhen(), input));
    }

    private boolean conditionsHold(Optional<Expression> when, Optional<Expression> exceptWhen, JsonNode input) {
        return when.map(condition -> scope.holds(condition, input, pointer)).orElse(true)
                && !exceptWhen
                        .map(condition -> scope.holds(condition, input, pointer))
                        .orElse(false);
    }

    /** The delay with jitter. Drawn anew in each execution, but only the first draw counts: the journal has the end of the wait. */
    static Duration delayAfter(int attempt, RetryPolicy policy) {
        return policy.delayAfter(attempt)
                .plus(policy.jitter()
                        .map(range -> range.from()
                                .plusMillis(RANDOM.nextLong(Math.max(
                                        1, range.to().minus(range.from()).toMillis() + 1))))
                        .orElse(Duration.ZERO));
    }
}
