package dev.patchbay.flows.internal.run;

import dev.patchbay.flowlanguage.TaskMetadata;
import dev.patchbay.flows.internal.act.PortFunction;
import dev.patchbay.flows.spi.Reason;
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
final class Walk implements Execution {

    private final RunContext run;
    private final Lines lines;
    private final WalkServices services;
    private final ActKeys keys;
    private final List<Line> pending = new ArrayList<>();

    Walk(RunContext run, Lines lines, WalkServices services) {
        this.run = run;
        this.lines = lines;
        this.services = services;
        this.keys = new ActKeys(run, lines, services.effects());
    }

    RunContext run() {
        return run;
    }

    Lines lines() {
        return lines;
    }

    WalkServices services() {
        return services;
    }

    // --- calls -------------------------------------------------------------------------------------------------------

    @Override
    public JsonNode call(Call call) {
        var known = lines.find(call.step());
        if (known.filter(line -> line.endedAt() != null).isPresent()) {
            return result(known.get());
        }
        if (known.isEmpty()) {
            var reused = keys.reusable(call);
            if (reused.isPresent()) {
                return result(note(reused.get().reusedIn(run.pass(), call.step(), now())));
            }
        }
        var line = known.orElseGet(
                () -> Line.began(call.step(), run.pass(), call.task().function(), call.input(), now()));
        var until = call.until().orEarlier(own(call, line));
        if (call.task().function().equals(Approval.FUNCTION)) {
            return result(new Approval(this).ask(line, until));
        }
        var function = PortFunction.named(call.task().function());
        var keyed = function.acts() && line.effectKey() == null
                ? line.acting(keys.of(call).text())
                : line;
        return result(attempts(function, keyed, until, call.task().header().metadata()));
    }

    static JsonNode result(Line line) {
        JsonNode output = Objects.requireNonNull(line.output());
        if (line.is("failed")) {
            throw TaskFailed.journalled(output);
        }
        return output;
    }

    private static Deadline own(Call call, Line line) {
        return call.task()
                .header()
                .timeout()
                .map(limit ->
                        new Deadline(line.startedAt().plus(limit), call.step().pointer()))
                .orElse(Deadline.NONE);
    }

    /** The line as it ended; what has to be waited for ends the walk instead. */
    Line attempts(PortFunction<?, ?, ?> function, Line begun, Deadline until, TaskMetadata metadata) {
        var line = begun;
        // In a later pass it may have been sent before: then it is found out, however late.
        if (lines.find(begun.step()).isEmpty() && isOver(until) && run.pass() == 0) {
            return stored(() -> begun.ended(
                    "failed",
                    TaskFailed.timeout(
                                    until,
                                    Reason.PROVIDER_DOWN,
                                    until.words() + " was over before “"
                                            + begun.step().name() + "” began.")
                            .error(),
                    now()));
        }
        while (line.endedAt() == null) {
            line = new StepAttempt(this, function, line, until, metadata).make();
        }
        return line;
    }

    // --- waits -------------------------------------------------------------------------------------------------------

    @Override
    public void pause(StepId step, Duration duration, Deadline until) {
        var known = lines.find(step);
        if (known.isEmpty() && lines.completedBefore(step).isPresent()) {
            note(lines.completedBefore(step).get().reusedIn(run.pass(), step, now()));
            return;
        }
        if (known.isEmpty()) {
            var length = until.within(duration, now());
            if (length.isPositive()) {
                throw suspended(Line.began(step, run.pass(), null, null, now()).waiting(null, length), length);
            }
        }
        var line = known.orElseGet(() -> Line.began(step, run.pass(), null, null, now()));
        if (line.endedAt() != null) {
            result(line);
            return;
        }
        Duration left = line.left();
        if (left != null && left.isPositive()) {
            throw suspended(line, left);
        }
        if (isOver(until)) {
            result(stored(() -> line.ended(
                    "failed",
                    TaskFailed.timeout(until, Reason.BAD_INPUT, until.overWhileWaiting(step))
                            .error(),
                    now())));
        }
        note(line.ended("completed", Json.MAPPER.nullNode(), now()));
    }

    /** Leaves the run where it is until the wait is over, or somebody wakes it; for the caller to throw. */
    Suspended suspended(Line line, @Nullable Duration wait) {
        inTurn(() -> store(line) && services.journal().waits(run, wait));
        return new Suspended(wait);
    }

    // --- what is written down ----------------------------------------------------------------------------------------

    @Override
    public void computed(StepId step, JsonNode output) {
        if (lines.find(step).isEmpty()) {
            note(Line.began(step, run.pass(), null, null, now()).ended("completed", output, now()));
        }
    }

    @Override
    public void skipped(StepId step) {
        if (lines.find(step).isEmpty()) {
            note(Line.began(step, run.pass(), null, null, now()).ended("skipped", Json.MAPPER.nullNode(), now()));
        }
    }

    @Override
    public Instant began(StepId step) {
        return lines.find(step)
                .orElseGet(() -> stored(() -> Line.began(step, run.pass(), null, null, now())))
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

    private Line note(Line line) {
        pending.add(line);
        lines.put(line);
        return line;
    }

    private Line stored(Supplier<Line> line) {
        var written = line.get();
        inTurn(() -> store(written));
        return written;
    }

    /** Writes the line and what was not written before it; in the caller's transaction. False: the turn is lost. */
    boolean store(Line line) {
        lines.put(line);
        return flush() && services.journal().write(run, line);
    }

    /** As above; the turn is this walk's until the transaction ends. */
    boolean storeHeld(Line line) {
        lines.put(line);
        return flush() && services.journal().writeHeld(run, line);
    }

    /** As above, with what an attempt at it said and heard. */
    boolean store(Line line, Journal.Attempted attempt) {
        lines.put(line);
        return flush() && services.journal().write(run, line, attempt);
    }

    /** Writes what was only noted so far; in the caller's transaction. False: the turn is lost. */
    boolean flush() {
        boolean mine = pending.stream().allMatch(line -> services.journal().write(run, line));
        pending.clear();
        return mine;
    }

    /** All of it or nothing, and only while this walk has the run's turn. */
    void inTurn(Supplier<Boolean> writes) {
        services.tenancy().inTenant(run.tenant(), () -> {
            if (!writes.get()) {
                throw new TurnLost();
            }
        });
    }
}
