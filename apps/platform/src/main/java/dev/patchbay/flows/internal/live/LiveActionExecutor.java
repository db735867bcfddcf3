package dev.patchbay.flows.internal.live;

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
 * Carries acts that no run carries to their end. The ledger sees to it that none happens twice, whoever carries it; what is
 * not finished when this process ends is finished by a sweeper.
 */
@Component
class LiveActionExecutor {

    private static final int MOST_ATTEMPTS = 3;
    private static final int MOST_TURNS = 10;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
    private static final Duration NEXT_TRY = Duration.ofSeconds(1);

    private final Actions actions;
    private final LiveActionRepository rows;
    private final AsyncWork asyncWork;
    private final Clock clock;
    private final ConcurrentMap<String, CompletableFuture<Outcome>> carried = new ConcurrentHashMap<>();

    LiveActionExecutor(Actions actions, LiveActionRepository rows, AsyncWork asyncWork, Clock clock) {
        this.actions = actions;
        this.rows = rows;
        this.asyncWork = asyncWork;
        this.clock = clock;
    }

    /** Whether this process is at it already. */
    boolean carries(ActionRequest actionRequest) {
        return carried.containsKey(name(actionRequest));
    }

    /** Carries the act on; whoever asks for the same act meanwhile gets the same answer. */
    CompletableFuture<Outcome> carry(ActionRequest actionRequest) {
        return carried.computeIfAbsent(name(actionRequest), name -> asyncWork.start(() -> carry(actionRequest, name)));
    }

    private Outcome carry(ActionRequest actionRequest, String name) {
        try {
            return turns(actionRequest);
        } finally {
            carried.remove(name);
        }
    }

    private static String name(ActionRequest actionRequest) {
        return actionRequest.key().tenant() + " " + actionRequest.key().text();
    }

    /** The outcome; {@link Outcome.Deferred} when a sweeper is to carry on. */
    private Outcome turns(ActionRequest actionRequest) {
        int attempts = 1;
        boolean renewed = false;
        Duration wait = Duration.ZERO;
        for (int turn = 1; turn <= MOST_TURNS && asyncWork.pause(wait); turn++) {
            Outcome outcome =
                    actions.attempt(actionRequest, attempts, renewed, ExchangeLog.startingAt(clock.instant()));
            switch (outcome) {
                case Outcome.Succeeded succeeded -> {
                    return settled(actionRequest, succeeded);
                }
                case Outcome.Failed failed -> {
                    return settled(actionRequest, failed);
                }
                case Outcome.NeedsPerson needsPerson -> {
                    return settled(
                            actionRequest, new Outcome.Failed(FailureReason.UNKNOWN_OUTCOME, needsPerson.sentence()));
                }
                case Outcome.Deferred later -> wait = shorter(later.after(), LONGEST_WAIT);
                case Outcome.Retry retry -> {
                    if (++attempts > MOST_ATTEMPTS && retry.reason() != FailureReason.UNKNOWN_OUTCOME) {
                        if (actionRequest.key().origin() instanceof EffectOrigin.Hold) {
                            // Nobody waits for it, and a time that stays held is lost: the sweeper comes again.
                            return new Outcome.Deferred(NEXT_TRY);
                        }
                        return settled(actionRequest, new Outcome.Failed(retry.reason(), retry.sentence()));
                    }
                    renewed = retry.reason() == FailureReason.AUTH_EXPIRED;
                    wait = shorter(retry.after(), NEXT_TRY);
                }
            }
        }
        return new Outcome.Deferred(NEXT_TRY);
    }

    private Outcome settled(ActionRequest actionRequest, Outcome outcome) {
        rows.settle(actionRequest);
        return outcome;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
