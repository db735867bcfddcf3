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

/** Asks the provider whether an effect with an unknown outcome took place, before anything is sent again. */
record OutcomeLookup(EffectLedger ledger, ActionSender actionSender, OutcomePolicy outcomePolicy) {

    Settlement lookUp(Attempt attempt, Claim claim, Window window) {
        if (attempt.request().onUnknown() != OnUnknown.LOOKUP) {
            return new Settlement(
                    outcomePolicy.unknownOutcome(attempt, "An attempt was cut off before its answer came."),
                    () -> ledger.park(claim));
        }
        LookupResult<?> lookupResult = attempt.lookUp(claim, window);
        return switch (lookupResult) {
            case LookupResult.Found<?> found -> {
                var value = Json.tree(found.value());
                yield new Settlement(
                        outcomePolicy.succeed(attempt, value),
                        () -> ledger.markDone(claim, value, found.providerIds(), true));
            }
            case LookupResult.Absent<?> absent ->
                attempt.request().maySend() ? resend(attempt, claim) : failTooLate(claim);
            case LookupResult.Unavailable<?> unavailable ->
                new Settlement(
                        outcomePolicy.retry(
                                attempt.number(),
                                FailureReason.UNKNOWN_OUTCOME,
                                unavailable.sentence(),
                                Optional.empty()),
                        () -> ledger.defer(claim, outcomePolicy.settings().retryDelay()));
            case LookupResult.Unauthorized<?> unauthorized ->
                new Settlement(
                        outcomePolicy.refreshToken(attempt, unauthorized.sentence()),
                        () -> ledger.defer(claim, Duration.ZERO));
            case LookupResult.Impossible<?> impossible ->
                new Settlement(new Outcome.NeedsPerson(impossible.sentence()), () -> ledger.park(claim));
        };
    }

    /** Fails an effect that certainly did not take place, and that is too late to send now. */
    Settlement failTooLate(Claim claim) {
        var late = OutcomePolicy.TOO_LATE;
        return new Settlement(late, () -> ledger.markFailed(claim, late.reason(), late.sentence()));
    }

    private Settlement resend(Attempt attempt, Claim claim) {
        Duration length = attempt.request().window();
        var window = Window.startingNow(length);
        return ledger.reopenWindow(claim, length, outcomePolicy.settleTime(attempt))
                ? actionSender.send(attempt, Optional.of(claim), window)
                : Settlement.of(new Outcome.Deferred(OutcomePolicy.SHORT_DELAY));
    }
}
