package dev.patchbay.livecalls.internal;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Actions;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.spi.FailureReason;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;

/**
 * Executes actions that belong to no run, attempt after attempt, until their outcome is known. The ledger makes each happen
 * at most once, in whichever process; {@link LiveActionRecovery} resumes what this process does not finish.
 */
@Component
class LiveActionExecutor {

    private static final int MAX_ATTEMPTS = 3;
    private static final int MAX_TURNS = 10;
    private static final Duration MAX_DELAY = Duration.ofSeconds(15);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private final Actions actions;
    private final LiveActionRepository repository;
    private final AsyncWork asyncWork;
    private final Clock clock;
    private final ConcurrentMap<String, CompletableFuture<Outcome>> executions = new ConcurrentHashMap<>();

    LiveActionExecutor(Actions actions, LiveActionRepository repository, AsyncWork asyncWork, Clock clock) {
        this.actions = actions;
        this.repository = repository;
        this.asyncWork = asyncWork;
        this.clock = clock;
    }

    /** Whether this process executes it now. */
    boolean isExecuting(ActionRequest action) {
        return executions.containsKey(nameOf(action));
    }

    /** Executes the action; a second request for it during the execution gets the same future. */
    CompletableFuture<Outcome> execute(ActionRequest action) {
        return executions.computeIfAbsent(nameOf(action), name -> asyncWork.start(() -> execute(action, name)));
    }

    private Outcome execute(ActionRequest action, String name) {
        try {
            return attemptUntilSettled(action);
        } finally {
            executions.remove(name);
        }
    }

    private static String nameOf(ActionRequest action) {
        return action.key().tenant() + " " + action.key().text();
    }

    /** Returns {@link Outcome.Deferred} when the recovery has to resume the action. */
    private Outcome attemptUntilSettled(ActionRequest action) {
        int attempts = 1;
        boolean renewed = false;
        Duration delay = Duration.ZERO;
        for (int turn = 1; turn <= MAX_TURNS && asyncWork.sleep(delay); turn++) {
            Outcome outcome = actions.attempt(action, attempts, renewed, ExchangeLog.startingAt(clock.instant()));
            switch (outcome) {
                case Outcome.Succeeded succeeded -> {
                    return settle(action, succeeded);
                }
                case Outcome.Failed failed -> {
                    return settle(action, failed);
                }
                case Outcome.NeedsPerson needsPerson -> {
                    return settle(action, new Outcome.Failed(FailureReason.UNKNOWN_OUTCOME, needsPerson.sentence()));
                }
                case Outcome.ProviderAway away -> {
                    // An earlier attempt may have been sent, so that the action has not failed.
                    return new Outcome.Deferred(RETRY_DELAY);
                }
                case Outcome.Deferred deferred -> delay = shorter(deferred.after(), MAX_DELAY);
                case Outcome.Retry retry -> {
                    if (++attempts > MAX_ATTEMPTS && retry.reason() != FailureReason.UNKNOWN_OUTCOME) {
                        if (action.key().origin() instanceof EffectOrigin.Hold) {
                            // No caller waits for a release, and a time that stays held cannot be sold: retry it later.
                            return new Outcome.Deferred(RETRY_DELAY);
                        }
                        return settle(action, new Outcome.Failed(retry.reason(), retry.sentence()));
                    }
                    renewed = retry.reason() == FailureReason.AUTH_EXPIRED;
                    delay = shorter(retry.after(), RETRY_DELAY);
                }
            }
        }
        return new Outcome.Deferred(RETRY_DELAY);
    }

    private Outcome settle(ActionRequest action, Outcome outcome) {
        repository.settle(action);
        return outcome;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
