package dev.patchbay.flows.internal.live;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.flows.internal.live.InvocationRepository.Line;
import dev.patchbay.ingress.spi.LiveCalls.FunctionAnswer;
import dev.patchbay.kernel.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.JsonNode;

/** Writes down what agents asked and were told, and what became of it afterwards. */
@Component
class InvocationRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(InvocationRecorder.class);

    private final InvocationRepository invocationRepository;

    InvocationRecorder(InvocationRepository invocationRepository) {
        this.invocationRepository = invocationRepository;
    }

    /** The agent has its answer whether or not it can be written down. */
    void answered(Line line, FunctionAnswer answer, long startedNanos) {
        JsonNode said = Json.object().put("say", answer.say()).set("result", answer.result());
        try {
            invocationRepository.write(line, answer.outcome(), said, millisecondsSince(startedNanos));
        } catch (DataAccessException | TransactionException notWritten) {
            LOG.warn("what an agent asked in {} was answered, but not written down", line.callId(), notWritten);
        }
    }

    /** Adds a line when what the agent was told would be confirmed is settled. */
    void follow(CompletableFuture<Outcome> carried, Line line) {
        long startedNanos = System.nanoTime();
        Thread.ofVirtual().name("live-trace").start(() -> settled(line, carried.join(), startedNanos));
    }

    /** As {@link #follow}, for what a sweeper carries on. */
    void follow(CompletableFuture<Outcome> carried, ActionRequest act) {
        var line = new Line(
                act.key().tenant(),
                Optional.of(act.client()),
                act.key().origin() instanceof EffectOrigin.LiveCall call ? call.callId() : "",
                act.function().name(),
                act.correlation(),
                Optional.empty(),
                act.input());
        follow(carried, line);
    }

    /** What is not settled yet is written down by whoever settles it. */
    private void settled(Line line, Outcome outcome, long startedNanos) {
        long milliseconds = millisecondsSince(startedNanos);
        if (outcome instanceof Outcome.Succeeded succeeded) {
            invocationRepository.write(line, "done", Json.object().set("result", succeeded.value()), milliseconds);
        } else if (outcome instanceof Outcome.Failed failed) {
            JsonNode why = Json.object().put("reason", failed.reason().code()).put("detail", failed.sentence());
            invocationRepository.write(line, outcome(failed.reason()), why, milliseconds);
        }
    }

    private static String outcome(FailureReason failureReason) {
        return switch (failureReason) {
            case NO_SLOT -> "taken";
            case UNKNOWN_OUTCOME -> "unknown";
            default -> "failed";
        };
    }

    private static long millisecondsSince(long startedNanos) {
        return Duration.ofNanos(System.nanoTime() - startedNanos).toMillis();
    }
}
