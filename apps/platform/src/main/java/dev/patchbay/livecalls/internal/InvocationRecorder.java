package dev.patchbay.livecalls.internal;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.ingress.spi.LiveCalls.FunctionAnswer;
import dev.patchbay.kernel.ConversationChanged;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.livecalls.InvocationOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.JsonNode;

/** Records the functions that agents call, the answers that they get, and the outcomes of pending calls. */
@Component
class InvocationRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(InvocationRecorder.class);

    private final Tenancy tenancy;
    private final InvocationRepository repository;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    InvocationRecorder(
            Tenancy tenancy, InvocationRepository repository, ApplicationEventPublisher publisher, Clock clock) {
        this.tenancy = tenancy;
        this.repository = repository;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Records an invocation. A database error throws nothing, so that the agent gets its answer all the same. */
    void record(FunctionInvocation invocation, FunctionAnswer answer, long startedNanos) {
        JsonNode output = Json.object().put("say", answer.say()).set("result", answer.result());
        try {
            add(invocation, InvocationOutcome.of(answer.outcome()), output, startedNanos);
        } catch (DataAccessException | TransactionException databaseAway) {
            LOG.warn(
                    "call {}: the agent was answered, but the invocation was not recorded",
                    invocation.callId(),
                    databaseAway);
        }
    }

    /** Records a second invocation once the outcome of a pending one is known. */
    void recordSettlement(CompletableFuture<Outcome> execution, FunctionInvocation invocation) {
        long startedNanos = System.nanoTime();
        Thread.ofVirtual()
                .name("live-settlement")
                .start(() -> recordOutcome(invocation, execution.join(), startedNanos));
    }

    /** Records the failure of an action that no agent asked for. */
    void recordFailure(CompletableFuture<Outcome> execution, FunctionInvocation invocation) {
        recordSettlement(
                execution.thenApply(
                        outcome -> outcome instanceof Outcome.Failed ? outcome : new Outcome.Deferred(Duration.ZERO)),
                invocation);
    }

    /** Records the outcome of an action that is resumed without its call. */
    void recordSettlement(CompletableFuture<Outcome> execution, ActionRequest action) {
        recordSettlement(
                execution,
                new FunctionInvocation(
                        action.key().tenant(),
                        Optional.of(action.client()),
                        action.key().origin() instanceof EffectOrigin.LiveCall call ? call.callId() : "",
                        action.function().name(),
                        action.correlation(),
                        Optional.empty(),
                        action.input()));
    }

    /** Records the outcome, unless it is still unknown: the process that settles it records it then. */
    private void recordOutcome(FunctionInvocation invocation, Outcome outcome, long startedNanos) {
        if (outcome instanceof Outcome.Succeeded succeeded) {
            add(invocation, InvocationOutcome.DONE, Json.object().set("result", succeeded.value()), startedNanos);
        } else if (outcome instanceof Outcome.Failed failed) {
            JsonNode cause = Json.object().put("reason", failed.reason().code()).put("detail", failed.sentence());
            add(invocation, outcomeOf(failed.reason()), cause, startedNanos);
        }
    }

    private static InvocationOutcome outcomeOf(FailureReason reason) {
        return switch (reason) {
            case NO_SLOT -> InvocationOutcome.TAKEN;
            case UNKNOWN_OUTCOME -> InvocationOutcome.UNKNOWN;
            default -> InvocationOutcome.FAILED;
        };
    }

    private void add(FunctionInvocation invocation, InvocationOutcome outcome, JsonNode output, long startedNanos) {
        long milliseconds = Duration.ofNanos(System.nanoTime() - startedNanos).toMillis();
        Instant now = clock.instant();
        tenancy.inTenant(invocation.tenant(), () -> {
            repository.add(Ids.next("liv", now), invocation, outcome, output, milliseconds, now);
            publisher.publishEvent(new ConversationChanged(invocation.tenant(), invocation.correlation()));
        });
    }
}
