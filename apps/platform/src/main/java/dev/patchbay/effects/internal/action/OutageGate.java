package dev.patchbay.effects.internal.action;

import dev.patchbay.connections.Outages;
import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.ConnectionId;
import java.util.Optional;

/** Keeps attempts from a provider that is away, and reports whether the provider answered the others. */
record OutageGate(Outages outages) {

    /** The outcome of an attempt that must not begin; empty when it may. */
    Optional<Outcome> findOutage(ActionRequest request, ConnectionId connectionId) {
        return outages.isAway(request.key().tenant(), connectionId)
                ? Optional.of(new Outcome.ProviderAway(
                        connectionId, "The provider does not answer; the step continues when it does."))
                : Optional.empty();
    }

    /** An attempt without an exchange says nothing about the provider, and 429 or 4xx are answers. */
    void observe(ActionRequest request, ConnectionId connectionId, ExchangeLog exchangeLog, Outcome outcome) {
        if (exchangeLog.exchanges().isEmpty()) {
            return;
        }
        if (outcome instanceof Outcome.Retry retry
                && (retry.reason() == FailureReason.PROVIDER_DOWN || retry.reason() == FailureReason.UNKNOWN_OUTCOME)) {
            recordFailure(request, connectionId, retry.sentence());
        } else {
            outages.recordAnswer(request.key().tenant(), connectionId);
        }
    }

    void recordFailure(ActionRequest request, ConnectionId connectionId, String sentence) {
        outages.recordFailure(
                request.key().tenant(), connectionId, request.key().origin().text(), sentence);
    }
}
