package dev.patchbay.effects.internal.action;

import dev.patchbay.connections.BoundConnection;
import dev.patchbay.connections.Connections;
import dev.patchbay.connections.ProviderUnreachable;
import dev.patchbay.connections.ReconnectRequired;
import dev.patchbay.connections.http.Window;
import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Actions;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.NodeSettings;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.PortContracts;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.effects.SettlementListener;
import dev.patchbay.effects.internal.ledger.Claim;
import dev.patchbay.effects.internal.ledger.EffectLedger;
import dev.patchbay.effects.internal.ratelimit.RateLimiter;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.Port;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Makes one attempt at a call: checks it, claims it, looks it up or sends it, and tells the ledger what came of it. */
@Component
class ActionExecutor implements Actions {

    private static final Logger LOG = LoggerFactory.getLogger(ActionExecutor.class);
    private static final List<Duration> LAST_TRIES =
            List.of(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(4));
    private static final SettlementListener NOBODY = new SettlementListener() {};

    private final EffectLedger ledger;
    private final Connections connections;
    private final PortContracts contracts;
    private final CalendarHoldRepository calendarHoldRepository;
    private final Tenancy tenancy;
    private final RateLimitGate rateLimitGate;
    private final OutcomePolicy outcomePolicy;
    private final ActionSender actionSender;
    private final OutcomeLookup outcomeLookup;
    private final Map<String, Port> adapters;

    ActionExecutor(
            EffectLedger ledger,
            Connections connections,
            PortContracts contracts,
            NodeSettings timings,
            CalendarHoldRepository calendarHoldRepository,
            Tenancy tenancy,
            RateLimiter rateLimiter,
            List<Port> adapters) {
        this.ledger = ledger;
        this.connections = connections;
        this.contracts = contracts;
        this.calendarHoldRepository = calendarHoldRepository;
        this.tenancy = tenancy;
        this.rateLimitGate = new RateLimitGate(rateLimiter);
        this.outcomePolicy = new OutcomePolicy(connections, contracts, timings);
        this.actionSender = new ActionSender(ledger, outcomePolicy);
        this.outcomeLookup = new OutcomeLookup(ledger, actionSender, outcomePolicy);
        this.adapters = adapters.stream()
                .flatMap(adapter -> PortFunction.ALL.stream()
                        .filter(function -> function.port().isInstance(adapter))
                        .map(function -> Map.entry(function.portName() + "@" + adapter.provider(), adapter)))
                .distinct()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Outcome attempt(
            ActionRequest actionRequest,
            int number,
            boolean renewed,
            ExchangeLog exchangeLog,
            SettlementListener settlementListener) {
        Settlement settlement;
        try {
            settlement = contracts
                    .objection(actionRequest.function().name(), actionRequest.input())
                    .map(objection -> Settlement.of(new Outcome.Failed(FailureReason.BAD_INPUT, objection)))
                    .orElseGet(() -> bound(actionRequest, number, renewed, exchangeLog, settlementListener));
        } catch (DataAccessException | TransactionException databaseAway) {
            throw databaseAway;
        } catch (RuntimeException bug) {
            LOG.error("{} met a bug", actionRequest.key().text(), bug);
            settlement = Settlement.of(outcomePolicy.again(
                    number, FailureReason.BUG, "Patchbay made a mistake in this step.", Optional.empty()));
        }
        return settle(actionRequest, settlement, settlementListener);
    }

    @Override
    public Outcome attempt(ActionRequest actionRequest, int number, boolean renewed, ExchangeLog exchangeLog) {
        try {
            return attempt(actionRequest, number, renewed, exchangeLog, NOBODY);
        } catch (DataAccessException | TransactionException databaseAway) {
            LOG.warn("{} waits for the database", actionRequest.key().text(), databaseAway);
            return new Outcome.Deferred(outcomePolicy.timings().retryDelay());
        }
    }

    /** The ledger, the holds and the witness's own books change together. */
    private Outcome settle(ActionRequest actionRequest, Settlement settlement, SettlementListener settlementListener) {
        var outcome = settlement.outcome();
        try {
            tenancy.inTenant(actionRequest.key().tenant(), () -> {
                settlement.ledger().run();
                calendarHoldRepository.settled(actionRequest, outcome);
                settlementListener.settled(outcome);
            });
            return outcome;
        } catch (DataAccessException | TransactionException databaseAway) {
            keep(actionRequest, settlement);
            throw databaseAway;
        }
    }

    /** What is known of the act is worth a few more tries: without it somebody has to ask the provider, or a person. */
    private void keep(ActionRequest actionRequest, Settlement settlement) {
        for (Duration wait : LAST_TRIES) {
            try {
                Thread.sleep(wait);
                tenancy.inTenant(actionRequest.key().tenant(), settlement.ledger());
                return;
            } catch (DataAccessException | TransactionException stillAway) {
                LOG.debug("{} is not settled yet", actionRequest.key().text(), stillAway);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private Settlement bound(
            ActionRequest actionRequest,
            int number,
            boolean renewed,
            ExchangeLog exchangeLog,
            SettlementListener settlementListener) {
        String port = actionRequest.function().portName();
        try {
            var scope = TenantScope.of(actionRequest.key().tenant(), actionRequest.client());
            var bound = connections.findBound(scope, port);
            var adapter =
                    bound.map(found -> adapters.get(port + "@" + found.account().provider()));
            if (adapter.isEmpty()) {
                return Settlement.of(new Outcome.Failed(FailureReason.BAD_INPUT, unserved(actionRequest, bound)));
            }
            var attempt = new Attempt(actionRequest, number, renewed, exchangeLog, adapter.get(), bound.get());
            Duration wait = rateLimitGate.ask(attempt);
            if (!wait.isZero()) {
                return Settlement.of(new Outcome.Deferred(wait));
            }
            var settlement = made(attempt, settlementListener);
            rateLimitGate.heard(attempt, settlement.outcome());
            return settlement;
        } catch (ReconnectRequired unusable) {
            return Settlement.of(new Outcome.Failed(FailureReason.AUTH_EXPIRED, String.valueOf(unusable.getMessage())));
        } catch (ProviderUnreachable unavailable) {
            return Settlement.of(outcomePolicy.again(
                    number, FailureReason.PROVIDER_DOWN, String.valueOf(unavailable.getMessage()), Optional.empty()));
        }
    }

    private static String unserved(ActionRequest actionRequest, Optional<BoundConnection> bound) {
        String port = actionRequest.function().portName();
        return bound.map(found ->
                        "The connection %s (%s) is bound to %s for the client %s, but cannot serve it; bind another."
                                .formatted(
                                        found.account().connectionId(),
                                        found.account().provider(),
                                        port,
                                        actionRequest.client()))
                .orElseGet(() -> "No account is bound to %s for the client %s, and %s needs one; bind a connection."
                        .formatted(
                                port,
                                actionRequest.client(),
                                actionRequest.function().name()));
    }

    private Settlement made(Attempt attempt, SettlementListener settlementListener) {
        var actionRequest = attempt.acting();
        if (actionRequest.function().acts()) {
            return claim(attempt, settlementListener);
        }
        return actionRequest.begins()
                ? actionSender.send(attempt, Optional.empty(), Window.startingNow(actionRequest.window()))
                : Settlement.of(OutcomePolicy.TOO_LATE);
    }

    private Settlement claim(Attempt attempt, SettlementListener settlementListener) {
        ActionRequest actionRequest = attempt.acting();
        if (!calendarHoldRepository.take(actionRequest)) {
            return Settlement.of(new Outcome.Deferred(OutcomePolicy.SOON));
        }
        if (!actionRequest.begins()) {
            var underWay =
                    ledger.underWay(actionRequest.key(), outcomePolicy.timings().settle());
            if (underWay.isPositive()) {
                return Settlement.of(new Outcome.Deferred(underWay));
            }
        }
        var window = Window.startingNow(actionRequest.window());
        Duration settle = outcomePolicy.settle(attempt);
        var claim = tenancy.inTenant(
                actionRequest.key().tenant(),
                () -> settlementListener.claiming()
                        ? ledger.claim(
                                actionRequest.key(),
                                actionRequest.place(),
                                attempt.digest(),
                                actionRequest.window(),
                                settle)
                        : new Claim.Fenced());
        return switch (claim) {
            case Claim.Send send ->
                actionRequest.begins()
                        ? actionSender.send(attempt, Optional.of(send.held()), window)
                        : outcomeLookup.tooLate(send.held());
            case Claim.LookFirst look -> outcomeLookup.look(attempt, look.held(), window);
            case Claim.Done done ->
                Settlement.of(outcomePolicy.finish(attempt, done.response().path("value")));
            case Claim.Failed failed ->
                Settlement.of(new Outcome.Failed(reasonIn(failed.error()), sentenceIn(failed.error())));
            case Claim.Busy busy -> Settlement.of(new Outcome.Deferred(busy.until()));
            case Claim.Parked parked ->
                Settlement.of(new Outcome.NeedsPerson("Whether this was done is for a person to find out."));
            case Claim.RequestMismatch requestMismatch ->
                Settlement.of(
                        new Outcome.NeedsPerson(
                                "Something else than this may have been sent before; whether it was done is for a person to find out."));
            case Claim.Fenced fenced -> Settlement.of(new Outcome.Deferred(OutcomePolicy.SOON));
        };
    }

    private static FailureReason reasonIn(String error) {
        return FailureReason.valueOf(error.substring(0, error.indexOf(' ')));
    }

    private static String sentenceIn(String error) {
        return error.substring(error.indexOf(' ') + 1);
    }
}
