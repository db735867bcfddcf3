package dev.patchbay.flows.internal.act;

import dev.patchbay.connections.http.Window;
import dev.patchbay.flowlanguage.TaskMetadata.OnUnknown;
import dev.patchbay.flows.internal.effect.Claim;
import dev.patchbay.flows.internal.effect.EffectLedger;
import dev.patchbay.flows.spi.LookUp;
import dev.patchbay.flows.spi.Reason;
import dev.patchbay.kernel.Json;
import java.time.Duration;
import java.util.Optional;

/** Asks the provider whether an act whose outcome is unknown was carried out, before anything is sent again. */
record LookingUp(EffectLedger ledger, Sending sending, Conclusions conclusions) {

    Settlement look(Attempt attempt, Claim.Held held, Window window) {
        if (attempt.acting().onUnknown() != OnUnknown.LOOKUP) {
            return new Settlement(
                    conclusions.lost(attempt, "An attempt was cut off before its answer came."),
                    () -> ledger.park(held));
        }
        LookUp<?> found = attempt.look(held, window);
        return switch (found) {
            case LookUp.Found<?> done -> {
                var value = Json.tree(done.value());
                yield new Settlement(
                        conclusions.finish(attempt, value), () -> ledger.done(held, value, done.providerIds(), true));
            }
            case LookUp.Absent<?> absent -> attempt.acting().begins() ? sendAnew(attempt, held) : tooLate(held);
            case LookUp.Unavailable<?> unavailable ->
                new Settlement(
                        conclusions.again(
                                attempt.number(), Reason.UNKNOWN_OUTCOME, unavailable.sentence(), Optional.empty()),
                        () -> ledger.defer(held, conclusions.timings().retryDelay()));
            case LookUp.Unauthorized<?> unauthorized ->
                new Settlement(
                        conclusions.renew(attempt, unauthorized.sentence()), () -> ledger.defer(held, Duration.ZERO));
            case LookUp.Impossible<?> impossible ->
                new Settlement(new Outcome.Ask(impossible.sentence()), () -> ledger.park(held));
        };
    }

    /** It was not done, and it is too late to do it. */
    Settlement tooLate(Claim.Held held) {
        var late = Conclusions.TOO_LATE;
        return new Settlement(late, () -> ledger.failed(held, late.reason() + " " + late.sentence()));
    }

    private Settlement sendAnew(Attempt attempt, Claim.Held held) {
        Duration length = attempt.acting().window();
        var next = Window.opening(length);
        return ledger.arm(held, length, conclusions.settle(attempt))
                ? sending.send(attempt, Optional.of(held), next)
                : Settlement.of(new Outcome.NotYet(Conclusions.SOON));
    }
}
