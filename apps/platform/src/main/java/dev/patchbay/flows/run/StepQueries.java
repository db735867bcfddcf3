package dev.patchbay.flows.run;

import dev.patchbay.effects.EffectState;
import dev.patchbay.effects.EffectStatus;
import dev.patchbay.effects.Effects;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.Transcripts;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/** Reads a run's steps as the API and the portal show them. */
@Service
public class StepQueries {

    private final StepRepository steps;
    private final AttemptRepository attempts;
    private final Effects effects;

    StepQueries(StepRepository steps, AttemptRepository attempts, Effects effects) {
        this.steps = steps;
        this.attempts = attempts;
        this.effects = effects;
    }

    /**
     * @param reason why it did not succeed
     * @param nextAttemptAt the time for which the next attempt was planned
     * @param exchanges every request to the provider, in order
     */
    public record Attempt(
            Instant startedAt,
            long milliseconds,
            AttemptOutcome outcome,
            @Nullable FailureReason reason,
            @Nullable Instant nextAttemptAt,
            List<Exchange> exchanges) {}

    /**
     * A request to a provider and its response, redacted; bodies are cut after 16,384 characters.
     *
     * @param provider for example {@code google}
     * @param operation the operation of the provider's API, for example {@code freeBusy.query}
     * @param path the path without host and query
     * @param status the status of the HTTP response; null without a response, which {@code error} then explains
     * @param decided whether this response decided the outcome of the attempt
     */
    public record Exchange(
            String provider,
            String operation,
            String method,
            String path,
            @Nullable Integer status,
            @Nullable String error,
            long milliseconds,
            @Nullable JsonNode request,
            @Nullable JsonNode response,
            boolean decided) {}

    /** @param waitsForPerson whether its outcome is unknown, and only a person can find it out */
    public record Effect(EffectState state, String key, boolean lookedUp, boolean waitsForPerson) {

        private static Effect from(EffectStatus status) {
            return new Effect(status.state(), status.key(), status.lookedUp(), status.parked());
        }
    }

    /**
     * @param pass the number of the pass to which it belongs, from 0
     * @param notes on input values that were changed when read, or left out
     * @param reused whether an earlier pass did it and this pass reused the result
     */
    public record Step(
            int pass,
            String pointer,
            String name,
            @Nullable String call,
            StepStatus status,
            boolean reused,
            @Nullable Effect effect,
            List<Attempt> attempts,
            @Nullable JsonNode input,
            @Nullable JsonNode output,
            List<String> notes,
            Instant startedAt,
            @Nullable Instant endedAt) {}

    /** Returns all steps, in the order in which the run reached them; must be called in the tenant's transaction. */
    List<Step> findAll(TenantId tenant, RunId runId) {
        var records = steps.findAll(tenant, runId);
        var states = effects.find(
                tenant,
                records.stream()
                        .map(StepRecord::effectKey)
                        .filter(Objects::nonNull)
                        .toList());
        var attemptsByStep = attempts.findByStep(tenant, runId);
        return records.stream()
                .map(step -> step(
                        step,
                        step.effectKey() == null ? null : states.get(step.effectKey()),
                        attemptsByStep.getOrDefault(AttemptRepository.key(step), List.of())))
                .toList();
    }

    private static Step step(StepRecord step, @Nullable EffectStatus effect, List<Attempt> attempts) {
        return new Step(
                step.pass(),
                step.id().pointer(),
                step.id().name(),
                step.call(),
                step.shownStatus(),
                step.reused(),
                effect == null ? null : Effect.from(effect),
                attempts,
                withoutTranscript(step.input()),
                withoutTranscript(step.output()),
                step.notes(),
                step.startedAt(),
                step.endedAt());
    }

    private static @Nullable JsonNode withoutTranscript(@Nullable JsonNode json) {
        return json == null ? null : Transcripts.remove(json);
    }
}
