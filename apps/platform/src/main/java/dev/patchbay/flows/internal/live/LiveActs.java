package dev.patchbay.flows.internal.live;

import dev.patchbay.flows.internal.act.Acting;
import dev.patchbay.flows.internal.act.Acts;
import dev.patchbay.flows.internal.act.Notes;
import dev.patchbay.flows.internal.act.Outcome;
import dev.patchbay.flows.spi.Reason;
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
class LiveActs {

    private static final String HOLD = "hold:";
    private static final int MOST_ATTEMPTS = 3;
    private static final int MOST_TURNS = 10;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
    private static final Duration NEXT_TRY = Duration.ofSeconds(1);

    private final Acts acts;
    private final LiveActRows rows;
    private final Background background;
    private final Clock clock;
    private final ConcurrentMap<String, CompletableFuture<Outcome>> carried = new ConcurrentHashMap<>();

    LiveActs(Acts acts, LiveActRows rows, Background background, Clock clock) {
        this.acts = acts;
        this.rows = rows;
        this.background = background;
        this.clock = clock;
    }

    /** Whether this process is at it already. */
    boolean carries(Acting acting) {
        return carried.containsKey(name(acting));
    }

    /** Carries the act on; whoever asks for the same act meanwhile gets the same answer. */
    CompletableFuture<Outcome> carry(Acting acting) {
        return carried.computeIfAbsent(name(acting), name -> background.start(() -> carry(acting, name)));
    }

    private Outcome carry(Acting acting, String name) {
        try {
            return turns(acting);
        } finally {
            carried.remove(name);
        }
    }

    private static String name(Acting acting) {
        return acting.key().tenant() + " " + acting.key().text();
    }

    /** The outcome; {@link Outcome.NotYet} when a sweeper is to carry on. */
    private Outcome turns(Acting acting) {
        int attempts = 1;
        boolean renewed = false;
        Duration wait = Duration.ZERO;
        for (int turn = 1; turn <= MOST_TURNS && background.pause(wait); turn++) {
            Outcome outcome = acts.attempt(acting, attempts, renewed, Notes.from(clock.instant()));
            switch (outcome) {
                case Outcome.Done done -> {
                    return settled(acting, done);
                }
                case Outcome.GaveUp gaveUp -> {
                    return settled(acting, gaveUp);
                }
                case Outcome.Ask ask -> {
                    return settled(acting, new Outcome.GaveUp(Reason.UNKNOWN_OUTCOME, ask.sentence()));
                }
                case Outcome.NotYet later -> wait = shorter(later.after(), LONGEST_WAIT);
                case Outcome.Again again -> {
                    if (++attempts > MOST_ATTEMPTS && again.reason() != Reason.UNKNOWN_OUTCOME) {
                        if (acting.key().runId().startsWith(HOLD)) {
                            // Nobody waits for it, and a time that stays held is lost: the sweeper comes again.
                            return new Outcome.NotYet(NEXT_TRY);
                        }
                        return settled(acting, new Outcome.GaveUp(again.reason(), again.sentence()));
                    }
                    renewed = again.reason() == Reason.AUTH_EXPIRED;
                    wait = shorter(again.after(), NEXT_TRY);
                }
            }
        }
        return new Outcome.NotYet(NEXT_TRY);
    }

    private Outcome settled(Acting acting, Outcome outcome) {
        rows.settle(acting);
        return outcome;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
