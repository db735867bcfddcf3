package dev.patchbay.effects.internal.action;

import dev.patchbay.connections.http.Window;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.internal.ledger.Claim;
import dev.patchbay.effects.internal.ledger.EffectLedger;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.LookupResult;
import dev.patchbay.flowlanguage.TaskMetadata.OnUnknown;
import dev.patchbay.kernel.Json;
import java.time.Duration;
import java.util.Optional;

/** Asks the provider whether an act whose outcome is unknown was carried out, before anything is sent again. */
record OutcomeLookup(EffectLedger ledger, ActionSender sending, OutcomePolicy conclusions) {

    Settlement look(Attempt attempt, Claim.Held held, Window window) {
        if (attempt.acting().onUnknown() != OnUnknown.LOOKUP) {
            return new Settlement(
                    conclusions.lost(attempt, "An attempt was cut off before its answer came."),
                    () -> ledger.park(held));
        }
        LookupResult<?> found = attempt.look(held, window);
        return switch (found) {
            case LookupResult.Found<?> done -> {
                var value = Json.tree(done.value());
                yield new Settlement(
                        conclusions.finish(attempt, value),
                        () -> ledger.markDone(held, value, done.providerIds(), true));
            }
            case LookupResult.Absent<?> absent -> attempt.acting().begins() ? sendAnew(attempt, held) : tooLate(held);
            case LookupResult.Unavailable<?> unavailable ->
                new Settlement(
                        conclusions.again(
                                attempt.number(),
                                FailureReason.UNKNOWN_OUTCOME,
                                unavailable.sentence(),
                                Optional.empty()),
                        () -> ledger.defer(held, conclusions.timings().retryDelay()));
            case LookupResult.Unauthorized<?> unauthorized ->
                new Settlement(
                        conclusions.renew(attempt, unauthorized.sentence()), () -> ledger.defer(held, Duration.ZERO));
            case LookupResult.Impossible<?> impossible ->
                new Settlement(new Outcome.NeedsPerson(impossible.sentence()), () -> ledger.park(held));
        };
    }

    /** It was not done, and it is too late to do it. */
    Settlement tooLate(Claim.Held held) {
        var late = OutcomePolicy.TOO_LATE;
        return new Settlement(late, () -> ledger.markFailed(held, late.reason() + " " + late.sentence()));
    }

    private Settlement sendAnew(Attempt attempt, Claim.Held held) {
        Duration length = attempt.acting().window();
        var next = Window.startingNow(length);
        return ledger.reopenWindow(held, length, conclusions.settle(attempt))
                ? sending.send(attempt, Optional.of(held), next)
                : Settlement.of(new Outcome.Deferred(OutcomePolicy.SOON));
    }
}
