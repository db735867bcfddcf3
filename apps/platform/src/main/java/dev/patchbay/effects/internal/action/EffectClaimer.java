package dev.patchbay.effects.internal.action;

import dev.patchbay.connections.http.Window;
import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.SettlementListener;
import dev.patchbay.effects.internal.ledger.ClaimResult;
import dev.patchbay.effects.internal.ledger.EffectLedger;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Duration;
import java.util.Optional;

/** Claims the effect of an attempt, then does what the claim allows: send, look up, reuse the result, or wait. */
final class EffectClaimer {

    private final EffectLedger ledger;
    private final CalendarHoldService holds;
    private final Tenancy tenancy;
    private final OutcomePolicy outcomePolicy;
    private final ActionSender actionSender;
    private final OutcomeLookup outcomeLookup;

    EffectClaimer(
            EffectLedger ledger,
            CalendarHoldService holds,
            Tenancy tenancy,
            OutcomePolicy outcomePolicy,
            ActionSender actionSender) {
        this.ledger = ledger;
        this.holds = holds;
        this.tenancy = tenancy;
        this.outcomePolicy = outcomePolicy;
        this.actionSender = actionSender;
        this.outcomeLookup = new OutcomeLookup(ledger, actionSender, outcomePolicy);
    }

    Settlement run(Attempt attempt, SettlementListener listener) {
        ActionRequest request = attempt.request();
        if (!holds.reserve(request)) {
            return Settlement.of(new Outcome.Deferred(OutcomePolicy.SHORT_DELAY));
        }
        if (!request.maySend()) {
            Duration underWay =
                    ledger.timeUnderWay(request.key(), outcomePolicy.settings().settle());
            if (underWay.isPositive()) {
                return Settlement.of(new Outcome.Deferred(underWay));
            }
        }
        // Measured before the claim: this window ends no later than the database's.
        var window = Window.startingNow(request.window());
        return proceed(attempt, window, claim(attempt, listener));
    }

    private ClaimResult claim(Attempt attempt, SettlementListener listener) {
        ActionRequest request = attempt.request();
        Duration settle = outcomePolicy.settleTime(attempt);
        return tenancy.inTenant(
                request.key().tenant(),
                () -> listener.onClaim()
                        ? ledger.claim(request.key(), request.place(), attempt.digest(), request.window(), settle)
                        : new ClaimResult.Fenced());
    }

    private Settlement proceed(Attempt attempt, Window window, ClaimResult claimResult) {
        return switch (claimResult) {
            case ClaimResult.Send send ->
                attempt.request().maySend()
                        ? actionSender.send(attempt, Optional.of(send.claim()), window)
                        : outcomeLookup.failTooLate(send.claim());
            case ClaimResult.LookUpFirst lookUpFirst -> outcomeLookup.lookUp(attempt, lookUpFirst.claim(), window);
            case ClaimResult.Done done ->
                Settlement.of(outcomePolicy.succeed(attempt, done.response().path("value")));
            case ClaimResult.Failed failed -> Settlement.of(new Outcome.Failed(failed.reason(), failed.sentence()));
            case ClaimResult.Busy busy -> Settlement.of(new Outcome.Deferred(busy.retryAfter()));
            case ClaimResult.Parked parked ->
                Settlement.of(new Outcome.NeedsPerson("Whether this was done is for a person to find out."));
            case ClaimResult.RequestMismatch requestMismatch ->
                Settlement.of(
                        new Outcome.NeedsPerson(
                                "Something else than this may have been sent before; whether it was done is for a person to find out."));
            case ClaimResult.Fenced fenced -> Settlement.of(new Outcome.Deferred(OutcomePolicy.SHORT_DELAY));
        };
    }
}
