package dev.patchbay.effects.internal.action;

import dev.patchbay.connections.Connections;
import dev.patchbay.connections.Outages;
import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Actions;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.NodeSettings;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.PortContracts;
import dev.patchbay.effects.SettlementListener;
import dev.patchbay.effects.internal.calendar.CalendarClaims;
import dev.patchbay.effects.internal.ledger.EffectLedger;
import dev.patchbay.effects.internal.ratelimit.RateLimiter;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.effects.spi.Port;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Makes one attempt: validates the input, lets {@link AttemptRunner} reach the provider, and settles the outcome. */
@Component
class ActionExecutor implements Actions {

    private static final Logger LOG = LoggerFactory.getLogger(ActionExecutor.class);
    private static final List<Duration> SETTLEMENT_RETRIES =
            List.of(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(4));
    private static final String CORRELATION = "correlationId";
    private static final SettlementListener NO_LISTENER = new SettlementListener() {};

    private final PortContracts contracts;
    private final Tenancy tenancy;
    private final OutcomePolicy outcomePolicy;
    private final AttemptRunner attemptRunner;

    ActionExecutor(
            EffectLedger ledger,
            Connections connections,
            PortContracts contracts,
            NodeSettings settings,
            CalendarClaims calendarClaims,
            Tenancy tenancy,
            RateLimiter rateLimiter,
            Outages outages,
            List<Port> adapters) {
        this.contracts = contracts;
        this.tenancy = tenancy;
        this.outcomePolicy = new OutcomePolicy(connections, contracts, settings);
        var actionSender = new ActionSender(ledger, outcomePolicy);
        this.attemptRunner = new AttemptRunner(
                new ConnectionResolver(
                        connections,
                        new AdapterRegistry(
                                adapters.stream().map(calendarClaims::guard).toList())),
                new RateLimitGate(rateLimiter),
                new OutageGate(outages),
                actionSender,
                new EffectClaimer(ledger, calendarClaims, tenancy, outcomePolicy, actionSender),
                outcomePolicy);
    }

    @Override
    public Outcome attempt(
            ActionRequest request,
            int number,
            boolean tokenRefreshed,
            ExchangeLog exchangeLog,
            SettlementListener listener) {
        Settlement settlement;
        String outer = MDC.get(CORRELATION);
        MDC.put(CORRELATION, request.correlation().value());
        try {
            settlement = contracts
                    .inputViolation(request.function().name(), request.input())
                    .map(violation -> Settlement.of(new Outcome.Failed(FailureReason.BAD_INPUT, violation)))
                    .orElseGet(() -> attemptRunner.run(request, number, tokenRefreshed, exchangeLog, listener));
        } catch (DataAccessException | TransactionException databaseAway) {
            throw databaseAway;
        } catch (RuntimeException bug) {
            LOG.error(
                    "effect {}: attempt {} threw; it is retried", request.key().text(), number, bug);
            settlement = Settlement.of(outcomePolicy.retry(
                    number, FailureReason.BUG, "Patchbay made a mistake in this step.", Optional.empty()));
        } finally {
            restoreCorrelation(outer);
        }
        return settle(request, settlement, listener);
    }

    /** Live calls and work in the background come without a correlation id; a run keeps its own. */
    private static void restoreCorrelation(@Nullable String outer) {
        if (outer == null) {
            MDC.remove(CORRELATION);
        } else {
            MDC.put(CORRELATION, outer);
        }
    }

    @Override
    public Outcome attempt(ActionRequest request, int number, boolean tokenRefreshed, ExchangeLog exchangeLog) {
        try {
            return attempt(request, number, tokenRefreshed, exchangeLog, NO_LISTENER);
        } catch (DataAccessException | TransactionException databaseAway) {
            Duration delay = outcomePolicy.settings().retryDelay();
            LOG.warn(
                    "effect {}: the database does not answer; attempt {} is retried in {}",
                    request.key().text(),
                    number,
                    delay,
                    databaseAway);
            return new Outcome.Deferred(delay);
        }
    }

    /** Changes the ledger, the reservation and the listener's own rows in one transaction. */
    private Outcome settle(ActionRequest request, Settlement settlement, SettlementListener listener) {
        var outcome = settlement.outcome();
        try {
            tenancy.inTenant(request.key().tenant(), () -> {
                settlement.ledgerUpdate().run();
                listener.onSettled(outcome);
            });
            return outcome;
        } catch (DataAccessException | TransactionException databaseAway) {
            retryLedgerUpdate(request, settlement);
            throw databaseAway;
        }
    }

    /** An outcome that is lost must be looked up, or decided by a person: a few more tries are worth it. */
    private void retryLedgerUpdate(ActionRequest request, Settlement settlement) {
        for (Duration wait : SETTLEMENT_RETRIES) {
            try {
                Thread.sleep(wait);
                tenancy.inTenant(request.key().tenant(), settlement.ledgerUpdate());
                return;
            } catch (DataAccessException | TransactionException stillAway) {
                LOG.debug(
                        "effect {}: the database still does not answer; its outcome is not settled yet",
                        request.key().text(),
                        stillAway);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
