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

/** Sends, and says what the ledger is to write of it. */
record ActionSender(EffectLedger ledger, OutcomePolicy conclusions) {

    /** @param held the claim it is sent under; empty for a read, which the ledger does not know */
    Settlement send(Attempt attempt, Optional<Claim.Held> held, Window window) {
        PortResult<?> portResult = attempt.call(held, window);
        return switch (portResult) {
            case PortResult.Succeeded<?> succeeded -> {
                var value = Json.tree(succeeded.value());
                yield settled(
                        held,
                        conclusions.finish(attempt, value),
                        claim -> ledger.markDone(claim, value, List.of(succeeded.providerId()), false));
            }
            case PortResult.Rejected<?> rejected ->
                settled(
                        held,
                        new Outcome.Failed(rejected.reason(), rejected.sentence()),
                        claim -> ledger.markFailed(claim, rejected.reason() + " " + rejected.sentence()));
            case PortResult.RetryLater<?> later ->
                settled(
                        held,
                        conclusions.again(attempt.number(), later.reason(), later.sentence(), later.after()),
                        claim -> ledger.release(claim, Duration.ZERO));
            case PortResult.Unknown<?> unknown ->
                settled(held, conclusions.lost(attempt, unknown.sentence()), claim -> {
                    ledger.markUnknown(claim, unknown.sentence(), conclusions.settle(attempt));
                    if (attempt.acting().onUnknown() != OnUnknown.LOOKUP) {
                        ledger.park(claim);
                    }
                });
            case PortResult.Unauthorized<?> unauthorized ->
                settled(
                        held,
                        conclusions.renew(attempt, unauthorized.sentence()),
                        claim -> ledger.release(claim, Duration.ZERO));
        };
    }

    private static Settlement settled(Optional<Claim.Held> held, Outcome outcome, Consumer<Claim.Held> ledger) {
        return new Settlement(outcome, () -> held.ifPresent(ledger));
    }
}
