package dev.patchbay.flows.run;

import dev.patchbay.flows.run.StepRepository.AttemptRecord;
import dev.patchbay.kernel.ConnectionId;
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
 * Keeps the journal of one execution: the steps that were written before, and those that it writes. Steps without an outside
 * call are written together with the next step that has one.
 */
final class StepJournal {

    /** Names of calendar functions begin with this prefix; a step that completes such a function may book or cancel. */
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

    /** Keeps the step in memory until the next step that must be written. */
    StepRecord add(StepRecord step) {
        pending.add(step);
        history.put(step);
        return step;
    }

    /**
     * Writes the step in a transaction of its own.
     *
     * @throws LeaseLost when the lease is lost; then nothing is written
     */
    StepRecord write(StepRecord step) {
        inTransaction(() -> save(step));
        return step;
    }

    /**
     * Writes the step and suspends the run.
     *
     * @param wait the time until the run continues; null means until a person wakes it
     * @return the exception for the caller to throw
     */
    Suspended suspend(StepRecord step, @Nullable Duration wait) {
        var absentFrom = wait == null ? null : now().plus(wait);
        inTransaction(() -> save(step) && runs.suspend(run.lease(), wait, absentFrom, null));
        return new Suspended(wait);
    }

    /**
     * Runs the writes in one transaction, which commits all of them or none.
     *
     * @param writes returns false when the lease is lost
     */
    void inTransaction(Supplier<Boolean> writes) {
        tenancy.inTenant(run.tenant(), () -> {
            if (!writes.get()) {
                throw new LeaseLost();
            }
        });
    }

    /** Writes the step and the steps kept in memory, in the caller's transaction; returns false when the lease is lost. */
    boolean save(StepRecord step) {
        history.put(step);
        return flush() && steps.save(run.lease(), step);
    }

    /** Writes as {@link #save} does, and keeps the lease until the transaction ends. */
    boolean saveHoldingLease(StepRecord step) {
        history.put(step);
        return flush() && steps.saveHoldingLease(run.lease(), step);
    }

    /** Writes as {@link #save} does, together with an attempt at the step. */
    boolean save(StepRecord step, AttemptRecord attempt) {
        history.put(step);
        boolean held = flush() && steps.save(run.lease(), step, attempt);
        if (held && step.isCompleted() && String.valueOf(step.call()).startsWith(CALENDAR)) {
            runs.announceChange(run.tenant(), run.correlation());
        }
        return held;
    }

    /** Writes the steps kept in memory, in the caller's transaction; returns false when the lease is lost. */
    boolean flush() {
        boolean held = pending.stream().allMatch(step -> steps.save(run.lease(), step));
        pending.clear();
        return held;
    }

    /** Says whether the process still holds the lease, and keeps it until the transaction ends. */
    boolean holdsLease() {
        return runs.holdsLease(run.lease());
    }

    /**
     * Suspends the run in the caller's transaction; returns false when the lease is lost.
     *
     * @param absentFrom the moment from which on waiting counts against no time limit
     * @param waitsFor the connection whose outage it waits out; null when it waits for something else
     */
    boolean suspendRun(Duration wait, Instant absentFrom, @Nullable ConnectionId waitsFor) {
        return runs.suspend(run.lease(), wait, absentFrom, waitsFor);
    }

    /** Marks the step as undone, because its compensation has run. */
    void markUndone(StepRecord step) {
        steps.markUndone(run.tenant(), run.runId(), step, now());
    }
}
