package dev.patchbay.effects.internal.action;

import dev.patchbay.connections.ProviderUnreachable;
import dev.patchbay.connections.ReconnectRequired;
import dev.patchbay.connections.http.Window;
import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.SettlementListener;
import dev.patchbay.effects.internal.action.ConnectionResolver.Resolution;
import dev.patchbay.effects.spi.FailureReason;
import java.time.Duration;
import java.util.Optional;

/** Takes a valid request to its provider: resolves the connection, respects rate limits, then reads or claims the effect. */
record AttemptRunner(
        ConnectionResolver connectionResolver,
        RateLimitGate rateLimitGate,
        OutageGate outageGate,
        ActionSender actionSender,
        EffectClaimer effectClaimer,
        OutcomePolicy outcomePolicy) {

    Settlement run(
            ActionRequest request,
            int number,
            boolean tokenRefreshed,
            ExchangeLog exchangeLog,
            SettlementListener listener) {
        try {
            return switch (connectionResolver.resolve(request)) {
                case Resolution.Unbound unbound ->
                    Settlement.of(new Outcome.Failed(FailureReason.BAD_INPUT, unbound.sentence()));
                case Resolution.Resolved resolved ->
                    run(
                            new Attempt(
                                    request,
                                    number,
                                    tokenRefreshed,
                                    exchangeLog,
                                    resolved.adapter(),
                                    resolved.connection()),
                            listener);
            };
        } catch (ReconnectRequired unusable) {
            return Settlement.of(new Outcome.Failed(FailureReason.AUTH_EXPIRED, String.valueOf(unusable.getMessage())));
        } catch (ProviderUnreachable unavailable) {
            return Settlement.of(withoutToken(request, number, unavailable, listener));
        }
    }

    private Outcome withoutToken(
            ActionRequest request, int number, ProviderUnreachable unavailable, SettlementListener listener) {
        listener.onConnection(unavailable.connectionId());
        String sentence = String.valueOf(unavailable.getMessage());
        return outageGate.findOutage(request, unavailable.connectionId()).orElseGet(() -> {
            outageGate.recordFailure(request, unavailable.connectionId(), sentence);
            return outcomePolicy.retry(number, FailureReason.PROVIDER_DOWN, sentence, Optional.empty());
        });
    }

    private Settlement run(Attempt attempt, SettlementListener listener) {
        var request = attempt.request();
        var connectionId = attempt.connection().account().connectionId();
        if (request.function().needsConnection()) {
            listener.onConnection(connectionId);
            var outage = outageGate.findOutage(request, connectionId);
            if (outage.isPresent()) {
                return Settlement.of(outage.get());
            }
        }
        var settlement = runWithinLimits(attempt, listener);
        if (request.function().needsConnection()) {
            outageGate.observe(request, connectionId, attempt.exchangeLog(), settlement.outcome());
        }
        return settlement;
    }

    private Settlement runWithinLimits(Attempt attempt, SettlementListener listener) {
        Duration wait = rateLimitGate.admit(attempt);
        if (!wait.isZero()) {
            return Settlement.of(new Outcome.Deferred(wait));
        }
        var settlement =
                attempt.request().function().hasEffect() ? effectClaimer.run(attempt, listener) : read(attempt);
        rateLimitGate.observe(attempt, settlement.outcome());
        return settlement;
    }

    private Settlement read(Attempt attempt) {
        var request = attempt.request();
        return request.maySend()
                ? actionSender.send(attempt, Optional.empty(), Window.startingNow(request.window()))
                : Settlement.of(OutcomePolicy.TOO_LATE);
    }
}
