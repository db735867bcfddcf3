package dev.patchbay.flows.internal.act;

import dev.patchbay.connections.http.Window;
import dev.patchbay.flows.internal.effect.Claim;
import dev.patchbay.flows.internal.effect.EffectLedger;
import dev.patchbay.flows.spi.Answer;
import dev.patchbay.flows.spi.Reason;
import dev.patchbay.kernel.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sends, and tells the ledger what came of it. */
record Sending(EffectLedger ledger, Conclusions conclusions) {

    /** @param held the claim it is sent under; empty for a read, which the ledger does not know */
    Outcome send(Attempt attempt, Optional<Claim.Held> held, Window window) {
        Answer<?> answer = attempt.call(held, window);
        return switch (answer) {
            case Answer.Done<?> done -> {
                var value = Json.tree(done.value());
                held.ifPresent(claim -> ledger.done(claim, value, List.of(done.providerId()), false));
                yield conclusions.finish(attempt, value);
            }
            case Answer.Refused<?> refused -> {
                held.ifPresent(claim -> ledger.failed(claim, refused.reason() + " " + refused.sentence()));
                yield new Outcome.GaveUp(refused.reason(), refused.sentence());
            }
            case Answer.TryLater<?> later -> {
                held.ifPresent(claim -> ledger.release(claim, Duration.ZERO));
                yield conclusions.again(attempt.number(), later.reason(), later.sentence(), later.after());
            }
            case Answer.Lost<?> lost -> {
                held.ifPresent(claim -> ledger.lost(claim, lost.sentence(), conclusions.settle(attempt)));
                yield conclusions.again(
                        attempt.number(), Reason.UNKNOWN_OUTCOME, lost.sentence(), Optional.of(Conclusions.SOON));
            }
            case Answer.Unauthorized<?> unauthorized -> {
                held.ifPresent(claim -> ledger.release(claim, Duration.ZERO));
                yield conclusions.renew(attempt, unauthorized.sentence());
            }
        };
    }
}
