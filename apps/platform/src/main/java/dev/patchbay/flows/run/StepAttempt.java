package dev.patchbay.flows.run;

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
import dev.patchbay.flows.run.StepRepository.AttemptRecord;
import dev.patchbay.kernel.ConnectionId;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.observation.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes one attempt at a step. The journal is written in the same transactions in which the effect ledger claims and settles.
 */
final class StepAttempt implements SettlementListener {

    private static final int MAX_ATTEMPTS = 3;
    /** A lookup changes nothing, so several are made; after the last one a person has to decide. */
    private static final int MAX_LOOKUPS = 6;

    private final StepAttempts services;
    private final StepJournal journal;
    private final PortFunction<?, ?, ?> function;
    private final Deadline deadline;
    private final TaskMetadata metadata;
    private final ExchangeLog exchangeLog;
    private StepRecord step;
    private boolean leaseHeld = true;
    private @Nullable Duration wait;
    private boolean waitCounts = true;
    private @Nullable ConnectionId connection;
    private @Nullable ConnectionId waitsFor;
    private @Nullable String question;

    StepAttempt(
            StepAttempts services,
            StepJournal journal,
            PortFunction<?, ?, ?> function,
            StepRecord step,
            Deadline deadline,
            TaskMetadata metadata) {
        this.services = services;
        this.journal = journal;
        this.function = function;
        this.step = step;
        this.deadline = deadline;
        this.metadata = metadata;
        this.exchangeLog = ExchangeLog.startingAt(journal.now());
    }

    /**
     * Makes the attempt.
     *
     * @return the step, either ended or ready for another attempt at once
     * @throws Suspended when the run has to wait
     * @throws ManualDecisionRequired when only a person can find out its outcome
     * @throws LeaseLost when the lease is lost; the effect ledger keeps the outcome that it recorded
     */
    StepRecord execute() {
        var span = Observation.createNotStarted("flow.step", services.observations())
                .lowCardinalityKeyValue("call", function.name())
                .start();
        var outcome =
                services.actions().attempt(request(), step.attempts() + 1, step.tokenRenewed(), exchangeLog, this);
        span.lowCardinalityKeyValue("outcome", outcome.kind()).stop();
        if (!leaseHeld) {
            throw new LeaseLost();
        }
        if (question != null) {
            throw new ManualDecisionRequired(step.id().name(), question);
        }
        if (wait != null) {
            throw new Suspended(wait);
        }
        return step;
    }

    private ActionRequest request() {
        var run = journal.run();
        return new ActionRequest(
                run.client().id(),
                run.client().zone(),
                run.client().locale(),
                run.correlation(),
                effectKey(),
                step.id().pointer(),
                function,
                Objects.requireNonNull(step.input()),
                services.settings().actWindow(),
                onUnknown(),
                quotas(),
                !deadline.hasPassed(journal.now()));
    }

    private OnUnknown onUnknown() {
        return metadata.onUnknown().orElse(OnUnknown.LOOKUP);
    }

    private EffectKey effectKey() {
        var run = journal.run();
        return Optional.ofNullable(step.effectKey())
                .map(text -> EffectKey.of(run.tenant(), run.origin(), text))
                .orElseGet(() -> new EffectKey(
                        run.tenant(), run.origin(), step.id().name(), step.id().iteration()));
    }

    private List<Quota> quotas() {
        return metadata
                .rateLimit()
                .map(limit -> new Quota(
                        "flow:" + journal.run().flowId() + "/" + step.id().name(), limit.count(), limit.per()))
                .stream()
                .toList();
    }

    @Override
    public void onConnection(ConnectionId connectionId) {
        connection = connectionId;
    }

    @Override
    public boolean onClaim() {
        leaseHeld = journal.find(step.id()).isPresent() ? journal.holdsLease() : journal.saveHoldingLease(step);
        return leaseHeld;
    }

    @Override
    public void onSettled(Outcome outcome) {
        Instant now = journal.now();
        step = askWhileEffectIsOpen(apply(outcome, now));
        boolean silent = (outcome instanceof Outcome.Deferred || outcome instanceof Outcome.ProviderAway)
                && exchangeLog.exchanges().isEmpty();
        leaseHeld = leaseHeld
                && (silent
                        ? journal.save(step)
                        : journal.save(
                                step,
                                new AttemptRecord(
                                        exchangeLog.startedAt(),
                                        now,
                                        exchangeLog.exchanges(),
                                        concluded(outcome).text())));
        leaseHeld =
                leaseHeld && (wait == null || journal.suspendRun(wait, waitCounts ? now.plus(wait) : now, waitsFor));
    }

    /** Applies the limits of attempts to the outcome: the last retry becomes a failure or a question to a person. */
    private Outcome concluded(Outcome outcome) {
        if (question != null) {
            return new Outcome.NeedsPerson(question);
        }
        return outcome instanceof Outcome.Retry retry && step.isFailed()
                ? new Outcome.Failed(retry.reason(), retry.sentence())
                : outcome;
    }

    private StepRecord apply(Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.Succeeded succeeded -> step.complete(succeeded.value(), now);
            case Outcome.Failed failed -> step.fail(error(failed.reason(), failed.sentence(), now), now);
            case Outcome.NeedsPerson needsPerson -> askPerson(needsPerson.sentence());
            case Outcome.Deferred deferred -> {
                waitCounts = !deferred.ownAbsence();
                wait = waitCounts ? limitByDeadline(deferred.after(), now) : deferred.after();
                yield step.await(step.output(), null);
            }
            case Outcome.ProviderAway away -> awaitProvider(away, now);
            case Outcome.Retry retry -> retryOrFail(retry, now);
        };
    }

    /** Waits until the outage is over: the end wakes the run, or else the end of the patience. */
    private StepRecord awaitProvider(Outcome.ProviderAway away, Instant now) {
        var reason =
                step.findReason().filter(FailureReason.UNKNOWN_OUTCOME::equals).orElse(FailureReason.PROVIDER_DOWN);
        Instant patienceEnd = patience().end(reason);
        // A look-up changes nothing, so that no time limit ends it.
        Instant end = reason == FailureReason.UNKNOWN_OUTCOME || patienceEnd.isBefore(deadline.at())
                ? patienceEnd
                : deadline.at();
        if (!now.isBefore(end)) {
            return step.fail(error(patience().reasonWhenOver(reason), away.sentence(), now), now);
        }
        waitsFor = away.connectionId();
        wait = Duration.between(now, end);
        return step.await(StepError.details(reason, away.sentence()), null);
    }

    private Patience patience() {
        return new Patience(services.patience(), function, step, metadata);
    }

    private StepRecord retryOrFail(Outcome.Retry retry, Instant now) {
        Metrics.counter("flow.retries", "reason", retry.reason().code()).increment();
        int limit = retry.reason() == FailureReason.UNKNOWN_OUTCOME ? MAX_LOOKUPS : MAX_ATTEMPTS;
        Duration delay = retry.after();
        int attempts = step.attempts() + 1;
        if (attempts >= limit) {
            Duration patience = Duration.between(now, patience().end(retry.reason()));
            if (!isOutage(retry.reason()) || !patience.isPositive()) {
                return step.fail(
                        error(
                                patience().reasonWhenOver(retry.reason()),
                                StepError.withAttempts(retry.sentence(), attempts),
                                now),
                        now);
            }
            delay = delay.compareTo(patience) < 0 ? delay : patience;
        }
        if (delay.isPositive()) {
            wait = limitByDeadline(delay, now);
        }
        return step.awaitRetry(
                StepError.details(retry.reason(), retry.sentence()), retry.reason() == FailureReason.AUTH_EXPIRED);
    }

    private static boolean isOutage(FailureReason reason) {
        return reason == FailureReason.PROVIDER_DOWN || reason == FailureReason.UNKNOWN_OUTCOME;
    }

    /** Ends a wait at the deadline; lookups after the deadline keep their interval. */
    private Duration limitByDeadline(Duration requested, Instant now) {
        return deadline.hasPassed(now) ? requested : deadline.limit(requested, now);
    }

    private StepRecord askPerson(String sentence) {
        question = sentence;
        return step.await(StepError.details(FailureReason.UNKNOWN_OUTCOME, sentence), null);
    }

    /**
     * Asks a person while the effect is open. A step must not count as failed while its request may still be carried out,
     * because a retry by the flow would be another effect. Only {@code onUnknown: fail} fails the step.
     */
    private StepRecord askWhileEffectIsOpen(StepRecord next) {
        boolean open = next.isFailed()
                && function.hasEffect()
                && onUnknown() != OnUnknown.FAIL
                && services.effects()
                        .find(effectKey())
                        .filter(EffectStatus::isOpen)
                        .isPresent();
        return open ? askPerson(StepError.withOpenEffect(Objects.requireNonNull(next.output()))) : next;
    }

    private JsonNode error(FailureReason reason, String sentence, Instant now) {
        return new StepError(step, deadline, connection).of(reason, sentence, now);
    }
}
