package dev.patchbay.flows.run;

import dev.patchbay.flows.run.StepRepository.AttemptRecord;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The journal of one execution: the steps that were written before, and those that it writes. Steps that reach nothing outside
 * are written together with the next step that does.
 */
final class StepJournal {

    /** Functions of the calendar begin so: a step that one completes may book or cancel. */
    private static final String CALENDAR = "calendar.";

    private final RunContext run;
    private final StepHistory history;
    private final StepRepository steps;
    private final RunRepository runs;
    private final Tenancy tenancy;
    private final Clock clock;
    private final List<StepRecord> pending = new ArrayList<>();

    StepJournal(
            RunContext run,
            StepHistory history,
            StepRepository steps,
            RunRepository runs,
            Tenancy tenancy,
            Clock clock) {
        this.run = run;
        this.history = history;
        this.steps = steps;
        this.runs = runs;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    RunContext run() {
        return run;
    }

    StepHistory history() {
        return history;
    }

    Optional<StepRecord> find(StepId step) {
        return history.find(step);
    }

    Instant now() {
        return clock.instant();
    }

    /** Keeps the step; it is written with the next one that has to be. */
    StepRecord add(StepRecord step) {
        pending.add(step);
        history.put(step);
        return step;
    }

    /**
     * Writes the step in a transaction of its own.
     *
     * @throws LeaseLost and writes nothing when the lease is lost
     */
    StepRecord write(StepRecord step) {
        inTransaction(() -> save(step));
        return step;
    }

    /**
     * Writes the step, and lets the run wait.
     *
     * @param wait null: until a person wakes it
     * @return for the caller to throw
     */
    Suspended suspend(StepRecord step, @Nullable Duration wait) {
        inTransaction(() -> save(step) && runs.suspend(run.lease(), wait));
        return new Suspended(wait);
    }

    /**
     * All of it or nothing.
     *
     * @param writes false: the lease is lost
     */
    void inTransaction(Supplier<Boolean> writes) {
        tenancy.inTenant(run.tenant(), () -> {
            if (!writes.get()) {
                throw new LeaseLost();
            }
        });
    }

    /** Writes the step and those that were kept, in the caller's transaction; false: the lease is lost. */
    boolean save(StepRecord step) {
        history.put(step);
        return flush() && steps.save(run.lease(), step);
    }

    /** As {@link #save}; the lease is kept until the transaction ends. */
    boolean saveHoldingLease(StepRecord step) {
        history.put(step);
        return flush() && steps.saveHoldingLease(run.lease(), step);
    }

    /** As {@link #save}, together with an attempt at the step. */
    boolean save(StepRecord step, AttemptRecord attempt) {
        history.put(step);
        boolean held = flush() && steps.save(run.lease(), step, attempt);
        if (held && step.isCompleted() && String.valueOf(step.call()).startsWith(CALENDAR)) {
            runs.announceChange(run.tenant(), run.correlation());
        }
        return held;
    }

    /** Writes the steps that were kept, in the caller's transaction; false: the lease is lost. */
    boolean flush() {
        boolean held = pending.stream().allMatch(step -> steps.save(run.lease(), step));
        pending.clear();
        return held;
    }

    /** Whether the lease is still held; then it is kept until the transaction ends. */
    boolean holdsLease() {
        return runs.holdsLease(run.lease());
    }

    /** Lets the run wait, in the caller's transaction; false: the lease is lost. */
    boolean suspendRun(Duration wait) {
        return runs.suspend(run.lease(), wait);
    }

    /** The step's compensation has run. */
    void markUndone(StepRecord step) {
        steps.markUndone(run.tenant(), run.runId(), step, now());
    }
}
