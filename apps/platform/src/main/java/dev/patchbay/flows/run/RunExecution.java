package dev.patchbay.flows.run;

import dev.patchbay.effects.PortFunction;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Executes the tasks of a real run: steps in the journal are not done again, all others go through the ledger and are written. */
final class RunExecution implements TaskExecutor {

    /** Names of functions that text a person begin with this prefix. */
    private static final String TEXTS = "messaging.send";

    private final RunContext run;
    private final StepJournal journal;
    private final StepAttempts attempts;
    private final EffectKeys keys;

    RunExecution(StepJournal journal, StepAttempts attempts) {
        this.run = journal.run();
        this.journal = journal;
        this.attempts = attempts;
        this.keys = new EffectKeys(run, journal.history(), attempts.effects());
    }

    @Override
    public JsonNode call(Call reached) {
        var recorded = journal.find(reached.step());
        if (recorded.filter(StepRecord::hasEnded).isPresent()) {
            return result(recorded.get());
        }
        var call = keys.asCalledBefore(reached);
        if (recorded.isEmpty()) {
            var reusable = keys.findReusable(call);
            if (reusable.isPresent()) {
                return result(journal.add(reusable.get().reuse(run.pass(), call.step(), journal.now())));
            }
        }
        var step = recorded.orElseGet(
                () -> StepRecord.start(call.step(), run.pass(), call.task().function(), call.input(), journal.now())
                        .withNotes(call.notes()));
        var deadline = call.deadline().earlierOf(ownDeadline(call, step)).earlierOf(endOfUse(step));
        if (call.task().function().equals(Approval.FUNCTION)) {
            return result(new Approval(journal).request(step, deadline));
        }
        var function = PortFunction.byName(call.task().function());
        var doNotDisturb = DoNotDisturb.find(call, journal.history());
        if (doNotDisturb.isPresent() && recorded.isEmpty()) {
            return result(journal.write(step.fail(doNotDisturb.get().error(), journal.now())));
        }
        var keyed = function.hasEffect() && step.effectKey() == null
                ? step.withEffectKey(keys.keyOf(call).text())
                : step;
        return result(attempts.untilEnded(
                journal, function, keyed, deadline, call.task().header().metadata()));
    }

    /** @throws TaskFailed when the step failed */
    static JsonNode result(StepRecord ended) {
        JsonNode output = Objects.requireNonNull(ended.output());
        if (ended.isFailed()) {
            throw TaskFailed.fromError(output);
        }
        return output;
    }

    private static Deadline ownDeadline(Call call, StepRecord step) {
        return call.task()
                .header()
                .timeout()
                .map(limit ->
                        new Deadline(step.limitedFrom().plus(limit), call.step().pointer()))
                .orElse(Deadline.NONE);
    }

    /**
     * A text that an outage held up is of no use once the run's appointment is over. A text that begins after the appointment is
     * meant to.
     */
    private Deadline endOfUse(StepRecord step) {
        if (!String.valueOf(step.call()).startsWith(TEXTS)) {
            return Deadline.NONE;
        }
        return journal.history()
                .outputsOf("calendar.")
                .flatMap(output -> endOf(output).stream())
                .max(Comparator.naturalOrder())
                .filter(step.startedAt()::isBefore)
                .map(end -> new Deadline(
                        end,
                        step.id().pointer(),
                        "The appointment that “" + step.id().name() + "” is about"))
                .orElse(Deadline.NONE);
    }

    private static Optional<Instant> endOf(JsonNode booking) {
        try {
            return Optional.of(
                    OffsetDateTime.parse(booking.path("end").asString("")).toInstant());
        } catch (DateTimeException noBooking) {
            return Optional.empty();
        }
    }

    @Override
    public void awaitDelay(StepId id, Duration delay, Deadline deadline) {
        var recorded = journal.find(id);
        var earlier = journal.history().findCompletedEarlier(id);
        if (recorded.isEmpty() && earlier.isPresent()) {
            journal.add(earlier.get().reuse(run.pass(), id, journal.now()));
            return;
        }
        var step = recorded.orElseGet(() -> start(id));
        if (step.hasEnded()) {
            result(step);
            return;
        }
        Duration remaining = recorded.isEmpty() ? deadline.limit(delay, journal.now()) : step.remainingWait();
        if (remaining != null && remaining.isPositive()) {
            throw journal.suspend(recorded.isEmpty() ? step.await(null, remaining) : step, remaining);
        }
        if (hasPassed(deadline)) {
            var late = TaskFailed.timeout(deadline, FailureReason.BAD_INPUT, deadline.passedWhileWaiting(id));
            result(journal.write(step.fail(late.error(), journal.now())));
        }
        journal.add(step.complete(Json.MAPPER.nullNode(), journal.now()));
    }

    private StepRecord start(StepId id) {
        return StepRecord.start(id, run.pass(), null, null, journal.now());
    }

    @Override
    public void recordOutput(StepId id, JsonNode output) {
        if (journal.find(id).isEmpty()) {
            journal.add(start(id).complete(output, journal.now()));
        }
    }

    @Override
    public void recordSkipped(StepId id) {
        if (journal.find(id).isEmpty()) {
            journal.add(start(id).skip(Json.MAPPER.nullNode(), journal.now()));
        }
    }

    @Override
    public String runId() {
        return run.runId().value();
    }

    @Override
    public Instant now() {
        return journal.now();
    }

    @Override
    public Instant startOf(StepId id) {
        return journal.find(id).orElseGet(() -> journal.write(start(id))).limitedFrom();
    }

    @Override
    public Instant startOfRun() {
        return run.startedAt().plus(run.absence());
    }

    @Override
    public boolean hasPassed(Deadline deadline) {
        return deadline.hasPassed(journal.now());
    }
}
