package dev.patchbay.effects.internal.action;

import dev.patchbay.connections.http.Window;
import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.SettlementListener;
import dev.patchbay.effects.internal.calendar.CalendarClaim;
import dev.patchbay.effects.internal.calendar.CalendarClaims;
import dev.patchbay.effects.internal.calendar.ReservationResult;
import dev.patchbay.effects.internal.ledger.ClaimResult;
import dev.patchbay.effects.internal.ledger.EffectLedger;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.database.Tenancy;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;

/** Claims the effect of an attempt, then does what the claim allows: send, look up, reuse the result, or wait. */
final class EffectClaimer {

    private final EffectLedger ledger;
    private final CalendarClaims calendarClaims;
    private final Tenancy tenancy;
    private final OutcomePolicy outcomePolicy;
    private final ActionSender actionSender;
    private final OutcomeLookup outcomeLookup;

    EffectClaimer(
            EffectLedger ledger,
            CalendarClaims calendarClaims,
            Tenancy tenancy,
            OutcomePolicy outcomePolicy,
            ActionSender actionSender) {
        this.ledger = ledger;
        this.calendarClaims = calendarClaims;
        this.tenancy = tenancy;
        this.outcomePolicy = outcomePolicy;
        this.actionSender = actionSender;
        this.outcomeLookup = new OutcomeLookup(ledger, actionSender, outcomePolicy);
    }

    /** Holds the decision that the claim's transaction made. */
    private sealed interface Claimed {

        record Effect(ClaimResult result) implements Claimed {}

        /** The time was not free, but the provider may have newer information; nothing is claimed. */
        record Doubtful(ReservationResult.Taken conflict) implements Claimed {}

        /** Another effect of the same call is changing the appointment; nothing is claimed. */
        record UnderWay(boolean stuck) implements Claimed {}
    }

    Settlement run(Attempt attempt, SettlementListener listener) {
        ActionRequest request = attempt.request();
        if (!request.maySend()) {
            Duration underWay =
                    ledger.timeUnderWay(request.key(), outcomePolicy.settings().settle());
            if (underWay.isPositive()) {
                return Settlement.of(new Outcome.Deferred(underWay));
            }
        }
        try {
            var calendar = calendarClaims.prepare(request, attempt.adapter(), attempt.connection());
            return claim(attempt, listener, calendar, true);
        } catch (DateTimeException | IllegalArgumentException senseless) {
            return Settlement.of(new Outcome.Failed(
                    FailureReason.BAD_INPUT,
                    "The time or the settings of the client's calendar make no sense: " + senseless.getMessage()));
        }
    }

    /** @param mayCheck whether the provider may be asked about the conflicting appointments, and the time be claimed again */
    private Settlement claim(
            Attempt attempt, SettlementListener listener, Optional<CalendarClaim> calendar, boolean mayCheck) {
        // The window is measured before the claim, so that it ends no later than the database's.
        var window = Window.startingNow(attempt.request().window());
        return switch (claimOnce(attempt, listener, calendar, mayCheck)) {
            case Claimed.Effect effect -> proceed(attempt, window, effect.result());
            case Claimed.Doubtful doubtful -> {
                calendar.orElseThrow().check(attempt.callContext(Optional.empty(), window), doubtful.conflict());
                yield claim(attempt, listener, calendar, false);
            }
            case Claimed.UnderWay underWay ->
                Settlement.of(
                        underWay.stuck()
                                ? outcomePolicy.retry(
                                        attempt.number(),
                                        FailureReason.UNKNOWN_OUTCOME,
                                        "The same call is changing this appointment, and whether that was done is not known.",
                                        Optional.empty())
                                : new Outcome.Deferred(OutcomePolicy.SHORT_DELAY));
        };
    }

    /**
     * Claims in a fixed order, so that no two transactions deadlock: the listener's rows, the calendar, the effect, the
     * reservation.
     */
    private Claimed claimOnce(
            Attempt attempt, SettlementListener listener, Optional<CalendarClaim> calendar, boolean mayCheck) {
        ActionRequest request = attempt.request();
        Duration settle = outcomePolicy.settleTime(attempt);
        return tenancy.inTenant(request.key().tenant(), () -> {
            if (!listener.onClaim()) {
                return new Claimed.Effect(new ClaimResult.Fenced());
            }
            calendar.ifPresent(CalendarClaim::lock);
            var result = ledger.claim(request.key(), request.place(), attempt.digest(), request.window(), settle);
            return result instanceof ClaimResult.Send send && request.maySend() && calendar.isPresent()
                    ? reserve(send, calendar.get(), mayCheck)
                    : new Claimed.Effect(result);
        });
    }

    private Claimed reserve(ClaimResult.Send send, CalendarClaim calendar, boolean mayCheck) {
        return switch (calendar.reserve()) {
            case ReservationResult.Reserved reserved -> new Claimed.Effect(send);
            case ReservationResult.BookedBefore before -> {
                var booking = Json.tree(before.booking());
                ledger.markAdopted(send.claim(), booking, before.booking().id());
                yield new Claimed.Effect(new ClaimResult.Done(Json.object().set("value", booking)));
            }
            case ReservationResult.Taken conflict
            when mayCheck && conflict.isDoubtful() -> {
                ledger.release(send.claim(), Duration.ZERO);
                yield new Claimed.Doubtful(conflict);
            }
            case ReservationResult.Taken conflict -> {
                ledger.markFailed(send.claim(), FailureReason.NO_SLOT, conflict.sentence());
                yield new Claimed.Effect(new ClaimResult.Failed(FailureReason.NO_SLOT, conflict.sentence()));
            }
            case ReservationResult.UnderWay underWay -> {
                ledger.release(send.claim(), OutcomePolicy.SHORT_DELAY);
                yield new Claimed.UnderWay(underWay.stuck());
            }
        };
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
            case ClaimResult.Busy busy -> Settlement.of(new Outcome.Deferred(busy.retryAfter(), busy.claimed()));
            case ClaimResult.Parked parked ->
                Settlement.of(new Outcome.NeedsPerson("Whether this was done is for a person to find out."));
            case ClaimResult.RequestMismatch requestMismatch ->
                Settlement.of(
                        new Outcome.NeedsPerson(
                                "Something else than this may have been sent before; whether it was done is for a person to find out."));
            case ClaimResult.Fenced fenced -> Settlement.of(new Outcome.Deferred(OutcomePolicy.SHORT_DELAY, true));
        };
    }
}
