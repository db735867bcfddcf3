package dev.patchbay.effects.internal.action;

import dev.patchbay.connections.http.Window;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.internal.ledger.Claim;
import dev.patchbay.effects.internal.ledger.EffectLedger;
import dev.patchbay.effects.spi.PortResult;
import dev.patchbay.flowlanguage.TaskMetadata.OnUnknown;
import dev.patchbay.kernel.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends a request to its provider, and says what the ledger is to record of the result. */
record ActionSender(EffectLedger ledger, OutcomePolicy outcomePolicy) {

    /** @param claim under which it is sent; empty for a read, which has no effect */
    Settlement send(Attempt attempt, Optional<Claim> claim, Window window) {
        PortResult<?> portResult = attempt.call(claim, window);
        return switch (portResult) {
            case PortResult.Succeeded<?> succeeded -> {
                var value = Json.tree(succeeded.value());
                yield settlement(
                        outcomePolicy.succeed(attempt, value),
                        claim,
                        it -> ledger.markDone(it, value, List.of(succeeded.providerId()), false));
            }
            case PortResult.Rejected<?> rejected ->
                settlement(
                        new Outcome.Failed(rejected.reason(), rejected.sentence()),
                        claim,
                        it -> ledger.markFailed(it, rejected.reason(), rejected.sentence()));
            case PortResult.RetryLater<?> later ->
                settlement(
                        outcomePolicy.retry(attempt.number(), later.reason(), later.sentence(), later.after()),
                        claim,
                        it -> ledger.release(it, Duration.ZERO));
            case PortResult.Unknown<?> unknown ->
                settlement(outcomePolicy.unknownOutcome(attempt, unknown.sentence()), claim, it -> {
                    ledger.markUnknown(it, unknown.sentence(), outcomePolicy.settleTime(attempt));
                    if (attempt.request().onUnknown() != OnUnknown.LOOKUP) {
                        ledger.park(it);
                    }
                });
            case PortResult.Unauthorized<?> unauthorized ->
                settlement(
                        outcomePolicy.refreshToken(attempt, unauthorized.sentence()),
                        claim,
                        it -> ledger.release(it, Duration.ZERO));
        };
    }

    private static Settlement settlement(Outcome outcome, Optional<Claim> claim, Consumer<Claim> ledgerUpdate) {
        return new Settlement(outcome, () -> claim.ifPresent(ledgerUpdate));
    }
}
