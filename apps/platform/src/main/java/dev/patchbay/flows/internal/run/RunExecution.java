package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.PortFunction;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.flowlanguage.TaskMetadata;
import dev.patchbay.kernel.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A run's own execution: what the journal knows is not done again, everything else goes through the ledger and is written
 * down. Lines that need no outside world are written together with the next that does.
 */
final class RunExecution implements TaskExecutor {

    private final RunContext run;
    private final StepHistory stepHistory;
    private final WalkServices services;
    private final EffectKeys keys;
    private final List<StepRecord> pending = new ArrayList<>();

    RunExecution(RunContext run, StepHistory stepHistory, WalkServices services) {
        this.run = run;
        this.stepHistory = stepHistory;
        this.services = services;
        this.keys = new EffectKeys(run, stepHistory, services.effects());
    }

    RunContext run() {
        return run;
    }

    StepHistory lines() {
        return stepHistory;
    }

    WalkServices services() {
        return services;
    }

    // --- calls -------------------------------------------------------------------------------------------------------

    @Override
    public JsonNode call(Call call) {
        var known = stepHistory.find(call.step());
        if (known.filter(stepRecord -> stepRecord.endedAt() != null).isPresent()) {
            return result(known.get());
        }
        if (known.isEmpty()) {
            var reused = keys.reusable(call);
            if (reused.isPresent()) {
                return result(note(reused.get().reusedIn(run.pass(), call.step(), now())));
            }
        }
        var stepRecord = known.orElseGet(
                () -> StepRecord.began(call.step(), run.pass(), call.task().function(), call.input(), now()));
        var until = call.until().orEarlier(own(call, stepRecord));
        if (call.task().function().equals(Approval.FUNCTION)) {
            return result(new Approval(this).ask(stepRecord, until));
        }
        var function = PortFunction.byName(call.task().function());
        var keyed = function.hasEffect() && stepRecord.effectKey() == null
                ? stepRecord.acting(keys.of(call).text())
                : stepRecord;
        return result(attempts(function, keyed, until, call.task().header().metadata()));
    }

    static JsonNode result(StepRecord stepRecord) {
        JsonNode output = Objects.requireNonNull(stepRecord.output());
        if (stepRecord.is("failed")) {
            throw TaskFailed.journalled(output);
        }
        return output;
    }

    private static Deadline own(Call call, StepRecord stepRecord) {
        return call.task()
                .header()
                .timeout()
                .map(limit -> new Deadline(
                        stepRecord.startedAt().plus(limit), call.step().pointer()))
                .orElse(Deadline.NONE);
    }

    /** The line as it ended; what has to be waited for ends the walk instead. */
    StepRecord attempts(PortFunction<?, ?, ?> function, StepRecord begun, Deadline until, TaskMetadata metadata) {
        var stepRecord = begun;
        // In a later pass it may have been sent before: then it is found out, however late.
        if (stepHistory.find(begun.step()).isEmpty() && isOver(until) && run.pass() == 0) {
            return stored(() -> begun.ended(
                    "failed",
                    TaskFailed.timeout(
                                    until,
                                    FailureReason.PROVIDER_DOWN,
                                    until.words() + " was over before “"
                                            + begun.step().name() + "” began.")
                            .error(),
                    now()));
        }
        while (stepRecord.endedAt() == null) {
            stepRecord = new StepAttempt(this, function, stepRecord, until, metadata).make();
        }
        return stepRecord;
    }

    // --- waits -------------------------------------------------------------------------------------------------------

    @Override
    public void pause(StepId step, Duration duration, Deadline until) {
        var known = stepHistory.find(step);
        if (known.isEmpty() && stepHistory.completedBefore(step).isPresent()) {
            note(stepHistory.completedBefore(step).get().reusedIn(run.pass(), step, now()));
            return;
        }
        if (known.isEmpty()) {
            var length = until.within(duration, now());
            if (length.isPositive()) {
                throw suspended(
                        StepRecord.began(step, run.pass(), null, null, now()).waiting(null, length), length);
            }
        }
        var stepRecord = known.orElseGet(() -> StepRecord.began(step, run.pass(), null, null, now()));
        if (stepRecord.endedAt() != null) {
            result(stepRecord);
            return;
        }
        Duration left = stepRecord.left();
        if (left != null && left.isPositive()) {
            throw suspended(stepRecord, left);
        }
        if (isOver(until)) {
            result(stored(() -> stepRecord.ended(
                    "failed",
                    TaskFailed.timeout(until, FailureReason.BAD_INPUT, until.overWhileWaiting(step))
                            .error(),
                    now())));
        }
        note(stepRecord.ended("completed", Json.MAPPER.nullNode(), now()));
    }

    /** Leaves the run where it is until the wait is over, or somebody wakes it; for the caller to throw. */
    Suspended suspended(StepRecord stepRecord, @Nullable Duration wait) {
        inTurn(() -> store(stepRecord) && services.journal().waits(run, wait));
        return new Suspended(wait);
    }

    // --- what is written down ----------------------------------------------------------------------------------------

    @Override
    public void computed(StepId step, JsonNode output) {
        if (stepHistory.find(step).isEmpty()) {
            note(StepRecord.began(step, run.pass(), null, null, now()).ended("completed", output, now()));
        }
    }

    @Override
    public void skipped(StepId step) {
        if (stepHistory.find(step).isEmpty()) {
            note(StepRecord.began(step, run.pass(), null, null, now()).ended("skipped", Json.MAPPER.nullNode(), now()));
        }
    }

    @Override
    public Instant began(StepId step) {
        return stepHistory
                .find(step)
                .orElseGet(() -> stored(() -> StepRecord.began(step, run.pass(), null, null, now())))
                .startedAt();
    }

    @Override
    public Instant began() {
        return run.startedAt();
    }

    @Override
    public boolean isOver(Deadline deadline) {
        return deadline.isOver(now());
    }

    Instant now() {
        return services.clock().instant();
    }

    private StepRecord note(StepRecord stepRecord) {
        pending.add(stepRecord);
        stepHistory.put(stepRecord);
        return stepRecord;
    }

    private StepRecord stored(Supplier<StepRecord> line) {
        var written = line.get();
        inTurn(() -> store(written));
        return written;
    }

    /** Writes the line and what was not written before it; in the caller's transaction. False: the turn is lost. */
    boolean store(StepRecord stepRecord) {
        stepHistory.put(stepRecord);
        return flush() && services.journal().write(run, stepRecord);
    }

    /** As above; the turn is this walk's until the transaction ends. */
    boolean storeHeld(StepRecord stepRecord) {
        stepHistory.put(stepRecord);
        return flush() && services.journal().writeHeld(run, stepRecord);
    }

    /** As above, with what an attempt at it said and heard. */
    boolean store(StepRecord stepRecord, Journal.Attempted attempt) {
        stepHistory.put(stepRecord);
        return flush() && services.journal().write(run, stepRecord, attempt);
    }

    /** Writes what was only noted so far; in the caller's transaction. False: the turn is lost. */
    boolean flush() {
        boolean mine =
                pending.stream().allMatch(stepRecord -> services.journal().write(run, stepRecord));
        pending.clear();
        return mine;
    }

    /** All of it or nothing, and only while this walk has the run's turn. */
    void inTurn(Supplier<Boolean> writes) {
        services.tenancy().inTenant(run.tenant(), () -> {
            if (!writes.get()) {
                throw new LeaseLost();
            }
        });
    }
}
