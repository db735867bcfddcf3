package dev.patchbay.flowlanguage.expression;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Computing time that many expressions share: those of a run, or of a file that is checked. Only one thread spends it at a time.
 * Time is that of the thread's CPU; on a virtual thread, which has none, it is the clock's.
 */
public final class CpuBudget {

    private static final ScopedValue<CpuBudget> CURRENT = ScopedValue.newInstance();

    private final long limitNanos;
    private final String sentence;
    private final Runnable checkpoint;
    private long spentNanos;
    private long startedAt;

    /**
     * @param sentence why an expression is stopped once the limit is reached
     * @param checkpoint called every few microseconds to milliseconds of computing; may block, so that others compute
     */
    public CpuBudget(Duration limit, String sentence, Runnable checkpoint) {
        this.limitNanos = limit.toNanos();
        this.sentence = sentence;
        this.checkpoint = checkpoint;
    }

    /**
     * Does the work on this thread, at the expense of this budget.
     *
     * @throws CpuBudgetSpent when nothing was left before, or the limit is reached on the way
     */
    public <T> T spend(Supplier<T> work) {
        startedAt = CpuClock.nanos();
        try {
            requireLeft();
            return ScopedValue.where(CURRENT, this).call(work::get);
        } finally {
            spentNanos += CpuClock.nanos() - startedAt;
        }
    }

    private void requireLeft() {
        if (spentNanos + CpuClock.nanos() - startedAt > limitNanos) {
            throw new CpuBudgetSpent(sentence);
        }
    }

    /**
     * A place where work may pause or be stopped, for work that computes without expressions.
     *
     * @throws CpuBudgetSpent when the current budget is spent; without a current one, never
     */
    public static void checkCurrent() {
        if (CURRENT.isBound()) {
            var current = CURRENT.get();
            current.checkpoint.run();
            current.requireLeft();
        }
    }
}
