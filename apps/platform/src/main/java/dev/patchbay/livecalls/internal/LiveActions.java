package dev.patchbay.livecalls.internal;

import dev.patchbay.effects.Actions;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.EffectState;
import dev.patchbay.effects.Effects;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Performs the actions and the reads of a live call while its caller waits. An action that takes longer continues without the
 * caller.
 */
@Component
class LiveActions {

    /** Limits the effects that one call may make. */
    private static final int MAX_EFFECTS = 500;

    private static final Set<String> CHANGES = Set.of("calendar.cancel", "calendar.move");

    private final Actions actions;
    private final Effects effects;
    private final LiveInputs inputs;
    private final LiveActionExecutor executor;
    private final LiveActionRepository repository;
    private final InvocationRecorder recorder;
    private final AsyncWork asyncWork;
    private final LiveSettings settings;
    private final Clock clock;

    LiveActions(
            Actions actions,
            Effects effects,
            LiveInputs inputs,
            LiveActionExecutor executor,
            LiveActionRepository repository,
            InvocationRecorder recorder,
            AsyncWork asyncWork,
            LiveSettings settings,
            Clock clock) {
        this.actions = actions;
        this.effects = effects;
        this.inputs = inputs;
        this.executor = executor;
        this.repository = repository;
        this.recorder = recorder;
        this.asyncWork = asyncWork;
        this.settings = settings;
        this.clock = clock;
    }

    /** Performs an action. Empty when it takes longer than the caller waits; its outcome is recorded later. */
    Optional<Outcome> perform(LiveRequest request, String function, String name, JsonNode input) {
        var execution = begin(request, function, name, input);
        Optional<Outcome> outcome = AsyncWork.await(execution, request.remaining(settings.functionTimeout()))
                .filter(it -> it instanceof Outcome.Succeeded || it instanceof Outcome.Failed);
        if (outcome.isEmpty()) {
            recorder.recordSettlement(execution, request.invocation());
        }
        return outcome;
    }

    private CompletableFuture<Outcome> begin(LiveRequest request, String function, String name, JsonNode input) {
        JsonNode read = inputs.read(request, function, input);
        return executor.execute(repository.open(request.action(function, name, read, settings.attemptTimeout())));
    }

    /** Starts an action for which the caller does not wait. A failure appears in the call's history. */
    void start(LiveRequest request, String function, String name, JsonNode input) {
        recorder.recordFailure(
                begin(request, function, name, input), request.invocation().as(function, input));
    }

    /** Reads from the calendar. Empty when that takes longer than the timeout. */
    Optional<Outcome> read(LiveRequest request, String function, JsonNode input, Duration timeout) {
        var action = request.action(function, function, input, settings.functionTimeout());
        return AsyncWork.await(
                asyncWork.start(() -> actions.attempt(action, 1, false, ExchangeLog.startingAt(clock.instant()))),
                timeout);
    }

    /**
     * Counts how often the call cancelled or moved an appointment. A request in the same words after a change is a new action,
     * not a repeat.
     */
    long countChanges(LiveRequest request) {
        var invocation = request.invocation();
        var origin = new EffectOrigin.LiveCall(invocation.callId());
        return effects.findByOrigins(invocation.tenant(), List.of(origin), MAX_EFFECTS).stream()
                .filter(effect -> CHANGES.contains(effect.place()) && effect.is(EffectState.DONE))
                .count();
    }
}
