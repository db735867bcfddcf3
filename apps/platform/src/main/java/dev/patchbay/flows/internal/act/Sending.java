package dev.patchbay.flows.internal.act;

import dev.patchbay.connections.http.Window;
import dev.patchbay.flowlanguage.TaskMetadata.OnUnknown;
import dev.patchbay.flows.internal.effect.Claim;
import dev.patchbay.flows.internal.effect.EffectLedger;
import dev.patchbay.flows.spi.Answer;
import dev.patchbay.kernel.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends, and says what the ledger is to write of it. */
record Sending(EffectLedger ledger, Conclusions conclusions) {

    /** @param held the claim it is sent under; empty for a read, which the ledger does not know */
    Settlement send(Attempt attempt, Optional<Claim.Held> held, Window window) {
        Answer<?> answer = attempt.call(held, window);
        return switch (answer) {
            case Answer.Done<?> done -> {
                var value = Json.tree(done.value());
                yield settled(
                        held,
                        conclusions.finish(attempt, value),
                        claim -> ledger.done(claim, value, List.of(done.providerId()), false));
            }
            case Answer.Refused<?> refused ->
                settled(
                        held,
                        new Outcome.GaveUp(refused.reason(), refused.sentence()),
                        claim -> ledger.failed(claim, refused.reason() + " " + refused.sentence()));
            case Answer.TryLater<?> later ->
                settled(
                        held,
                        conclusions.again(attempt.number(), later.reason(), later.sentence(), later.after()),
                        claim -> ledger.release(claim, Duration.ZERO));
            case Answer.Lost<?> lost ->
                settled(held, conclusions.lost(attempt, lost.sentence()), claim -> {
                    ledger.lost(claim, lost.sentence(), conclusions.settle(attempt));
                    if (attempt.acting().onUnknown() != OnUnknown.LOOKUP) {
                        ledger.park(claim);
                    }
                });
            case Answer.Unauthorized<?> unauthorized ->
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
