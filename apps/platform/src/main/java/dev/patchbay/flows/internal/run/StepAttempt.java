package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectStatus;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.effects.SettlementListener;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.Quota;
import dev.patchbay.flowlanguage.TaskMetadata;
import dev.patchbay.flowlanguage.TaskMetadata.OnUnknown;
import dev.patchbay.flows.internal.run.Journal.Attempted;
import dev.patchbay.kernel.Json;
import io.micrometer.observation.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One attempt at a step: the journal is kept in the very transactions in which the ledger decides. */
final class StepAttempt implements SettlementListener {

    private static final int MOST_ATTEMPTS = 3;
    /** Looking changes nothing, and giving up leaves a person with the question. */
    private static final int MOST_LOOKS = 6;

    private final RunExecution runExecution;
    private final PortFunction<?, ?, ?> function;
    private final Deadline until;
    private final TaskMetadata metadata;
    private final ExchangeLog exchangeLog;
    private StepRecord stepRecord;
    private boolean mine = true;
    private @Nullable Duration wait;
    private @Nullable String question;

    StepAttempt(
            RunExecution runExecution,
            PortFunction<?, ?, ?> function,
            StepRecord stepRecord,
            Deadline until,
            TaskMetadata metadata) {
        this.runExecution = runExecution;
        this.function = function;
        this.stepRecord = stepRecord;
        this.until = until;
        this.metadata = metadata;
        this.exchangeLog = ExchangeLog.startingAt(runExecution.now());
    }

    /**
     * Makes it.
     *
     * @return the line: ended, or ready for another attempt at once
     * @throws Suspended when something has to be waited for
     * @throws ManualDecisionRequired when only a person can tell what came of it
     * @throws LeaseLost when the run is somebody else's by now; what the ledger learnt is kept
     */
    StepRecord make() {
        var span = Observation.createNotStarted(
                        "flow.step", runExecution.services().observations())
                .lowCardinalityKeyValue("call", function.name())
                .start();
        var outcome = runExecution
                .services()
                .acts()
                .attempt(acting(), stepRecord.attempts() + 1, stepRecord.renewed(), exchangeLog, this);
        span.lowCardinalityKeyValue("outcome", outcome.kind()).stop();
        if (!mine) {
            throw new LeaseLost();
        }
        if (question != null) {
            throw new ManualDecisionRequired(stepRecord.step().name(), question);
        }
        if (wait != null) {
            throw new Suspended(wait);
        }
        return stepRecord;
    }

    private ActionRequest acting() {
        var run = runExecution.run();
        var step = stepRecord.step();
        return new ActionRequest(
                run.client().id(),
                run.client().zone(),
                run.correlation(),
                key(),
                step.pointer(),
                function,
                Objects.requireNonNull(stepRecord.input()),
                runExecution.services().timings().actWindow(),
                metadata.onUnknown().orElse(OnUnknown.LOOKUP),
                quotas(),
                !runExecution.isOver(until));
    }

    private EffectKey key() {
        var run = runExecution.run();
        var step = stepRecord.step();
        return Optional.ofNullable(stepRecord.effectKey())
                .map(text -> EffectKey.of(run.tenant(), run.origin(), text))
                .orElseGet(() -> new EffectKey(run.tenant(), run.origin(), step.name(), step.iteration()));
    }

    private List<Quota> quotas() {
        return metadata
                .rateLimit()
                .map(limit -> new Quota(
                        "flow:" + runExecution.run().flowId() + "/"
                                + stepRecord.step().name(),
                        limit.count(),
                        limit.per()))
                .stream()
                .toList();
    }

    @Override
    public boolean onClaim() {
        mine = runExecution.lines().find(stepRecord.step()).isPresent()
                ? runExecution.services().journal().mine(runExecution.run())
                : runExecution.storeHeld(stepRecord);
        return mine;
    }

    @Override
    public void onSettled(Outcome outcome) {
        Instant now = runExecution.now();
        stepRecord = unlessNobodyKnows(after(outcome, now));
        boolean silent =
                outcome instanceof Outcome.Deferred && exchangeLog.exchanges().isEmpty();
        mine = mine
                && (silent
                        ? runExecution.store(stepRecord)
                        : runExecution.store(
                                stepRecord,
                                new Attempted(exchangeLog.startedAt(), now, exchangeLog.exchanges(), outcome.text())));
        mine = mine && (wait == null || runExecution.services().journal().waits(runExecution.run(), wait));
    }

    private StepRecord after(Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.Succeeded succeeded -> stepRecord.ended("completed", succeeded.value(), now);
            case Outcome.Failed failed -> stepRecord.ended("failed", failure(failed.reason(), failed.sentence()), now);
            case Outcome.NeedsPerson needsPerson -> asks(needsPerson.sentence());
            case Outcome.Deferred later -> {
                wait = shortened(later.after(), now);
                yield stepRecord.waiting(stepRecord.output(), null);
            }
            case Outcome.Retry retry -> again(retry, now);
        };
    }

    private StepRecord again(Outcome.Retry retry, Instant now) {
        int most = retry.reason() == FailureReason.UNKNOWN_OUTCOME ? MOST_LOOKS : MOST_ATTEMPTS;
        if (stepRecord.attempts() + 1 >= most) {
            return stepRecord.ended("failed", failure(retry.reason(), tried(retry.sentence(), most)), now);
        }
        if (retry.after().isPositive()) {
            wait = shortened(retry.after(), now);
        }
        return stepRecord.again(why(retry.reason(), retry.sentence()), retry.reason() == FailureReason.AUTH_EXPIRED);
    }

    /** A wait ends with the time for the step, but what is found out after that keeps its pace. */
    private Duration shortened(Duration asked, Instant now) {
        return until.isOver(now) ? asked : until.within(asked, now);
    }

    private StepRecord asks(String sentence) {
        question = sentence;
        return stepRecord.waiting(why(FailureReason.UNKNOWN_OUTCOME, sentence), null);
    }

    /**
     * A step must not count as failed while what it sent may yet have been done: another try of it would be another act.
     * Only who says so in the flow gives it up like that.
     */
    private StepRecord unlessNobodyKnows(StepRecord next) {
        boolean open = next.is("failed")
                && function.hasEffect()
                && metadata.onUnknown().orElse(OnUnknown.LOOKUP) != OnUnknown.FAIL
                && runExecution
                        .services()
                        .effects()
                        .find(key())
                        .filter(EffectStatus::isOpen)
                        .isPresent();
        return open ? asks(untold(Objects.requireNonNull(next.output()))) : next;
    }

    /** The sentence of a failure that is about something else says so as well. */
    private static String untold(JsonNode error) {
        String said = error.path("detail").asString("");
        return error.path("title").asString("").equals(FailureReason.UNKNOWN_OUTCOME.code())
                ? said
                : said + " Whether what was sent before was carried out is not known.";
    }

    private static String tried(String sentence, int times) {
        return sentence + (sentence.endsWith(".") ? "" : ".") + " It was tried " + times + " times.";
    }

    private static JsonNode why(FailureReason failureReason, String sentence) {
        return Json.object().put("reason", failureReason.code()).put("detail", sentence);
    }

    /** What ended it; when the time was over, that, and what stood in the way until then. */
    private JsonNode failure(FailureReason failureReason, String sentence) {
        if (!runExecution.isOver(until)) {
            return TaskFailed.because(failureReason, stepRecord.step().pointer(), sentence)
                    .error();
        }
        var before = Optional.ofNullable(stepRecord.output());
        return TaskFailed.timeout(
                        until,
                        before.flatMap(said ->
                                        TaskFailed.reasonOf(said.path("reason").asString("")))
                                .orElse(failureReason),
                        until.words() + " was over. "
                                + before.map(said -> sentence + " The attempt before: "
                                                + said.path("detail").asString(""))
                                        .orElse(sentence))
                .error();
    }
}
