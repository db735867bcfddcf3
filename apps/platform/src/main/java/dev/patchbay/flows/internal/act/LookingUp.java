package dev.patchbay.flows.internal.act;

import dev.patchbay.connections.http.Window;
import dev.patchbay.flows.internal.effect.Claim;
import dev.patchbay.flows.internal.effect.EffectLedger;
import dev.patchbay.flows.spi.LookUp;
import dev.patchbay.flows.spi.Reason;
import dev.patchbay.kernel.Json;
import java.time.Duration;
import java.util.Optional;

/** Asks the provider whether an act whose outcome is unknown was carried out, before anything is sent again. */
record LookingUp(EffectLedger ledger, Sending sending, Conclusions conclusions) {

    Outcome look(Attempt attempt, Claim.Held held, Window window) {
        LookUp<?> found = attempt.look(held, window);
        return switch (found) {
            case LookUp.Found<?> done -> {
                var value = Json.tree(done.value());
                ledger.done(held, value, done.providerIds(), true);
                yield conclusions.finish(attempt, value);
            }
            case LookUp.Absent<?> absent -> sendAnew(attempt, held);
            case LookUp.Unavailable<?> unavailable -> {
                ledger.defer(held, conclusions.timings().retryDelay());
                yield conclusions.again(
                        attempt.number(), Reason.UNKNOWN_OUTCOME, unavailable.sentence(), Optional.empty());
            }
            case LookUp.Unauthorized<?> unauthorized -> {
                ledger.defer(held, Duration.ZERO);
                yield conclusions.renew(attempt, unauthorized.sentence());
            }
            case LookUp.Impossible<?> impossible -> {
                ledger.park(held);
                yield new Outcome.GaveUp(Reason.UNKNOWN_OUTCOME, impossible.sentence());
            }
        };
    }

    private Outcome sendAnew(Attempt attempt, Claim.Held held) {
        Duration length = attempt.acting().window();
        var next = Window.opening(length);
        return ledger.arm(held, length, conclusions.settle(attempt))
                ? sending.send(attempt, Optional.of(held), next)
                : new Outcome.NotYet(Conclusions.SOON);
    }
}
