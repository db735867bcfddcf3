package dev.patchbay.flows.internal.act;

import dev.patchbay.connections.Bound;
import dev.patchbay.connections.ConnectionUnavailable;
import dev.patchbay.connections.ConnectionUnusable;
import dev.patchbay.connections.Connections;
import dev.patchbay.connections.http.Window;
import dev.patchbay.flows.internal.effect.Claim;
import dev.patchbay.flows.internal.effect.EffectLedger;
import dev.patchbay.flows.internal.engine.NodeSettings;
import dev.patchbay.flows.internal.rate.Rates;
import dev.patchbay.flows.spi.Port;
import dev.patchbay.flows.spi.Reason;
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
public class Acts {

    private static final Logger LOG = LoggerFactory.getLogger(Acts.class);
    private static final List<Duration> LAST_TRIES =
            List.of(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(4));
    private static final Witness NOBODY = new Witness() {};

    private final EffectLedger ledger;
    private final Connections connections;
    private final PortContracts contracts;
    private final Holds holds;
    private final Tenancy tenancy;
    private final Admission admission;
    private final Conclusions conclusions;
    private final Sending sending;
    private final LookingUp lookingUp;
    private final Map<String, Port> adapters;

    public Acts(
            EffectLedger ledger,
            Connections connections,
            PortContracts contracts,
            NodeSettings timings,
            Holds holds,
            Tenancy tenancy,
            Rates rates,
            List<Port> adapters) {
        this.ledger = ledger;
        this.connections = connections;
        this.contracts = contracts;
        this.holds = holds;
        this.tenancy = tenancy;
        this.admission = new Admission(rates);
        this.conclusions = new Conclusions(connections, contracts, timings);
        this.sending = new Sending(ledger, conclusions);
        this.lookingUp = new LookingUp(ledger, sending, conclusions);
        this.adapters = adapters.stream()
                .flatMap(adapter -> PortFunction.ALL.stream()
                        .filter(function -> function.port().isInstance(adapter))
                        .map(function -> Map.entry(function.portName() + "@" + adapter.provider(), adapter)))
                .distinct()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * One attempt. Never throws for what a provider does: the outcome says what happens next.
     *
     * @param number of this attempt, from 1: the wait grows with it
     * @param renewed whether the attempt before renewed the access token
     * @throws DataAccessException or {@link TransactionException} when the database is away: nothing is known to have
     *     changed, so ask again later
     */
    public Outcome attempt(Acting acting, int number, boolean renewed, Notes notes, Witness witness) {
        Settlement settlement;
        try {
            settlement = contracts
                    .objection(acting.function().name(), acting.input())
                    .map(objection -> Settlement.of(new Outcome.GaveUp(Reason.BAD_INPUT, objection)))
                    .orElseGet(() -> bound(acting, number, renewed, notes, witness));
        } catch (DataAccessException | TransactionException databaseAway) {
            throw databaseAway;
        } catch (RuntimeException bug) {
            LOG.error("{} met a bug", acting.key().text(), bug);
            settlement = Settlement.of(
                    conclusions.again(number, Reason.BUG, "Patchbay made a mistake in this step.", Optional.empty()));
        }
        return settle(acting, settlement, witness);
    }

    /** As above, for acts without books beside the ledger's: a database that is away is one more reason to ask again later. */
    public Outcome attempt(Acting acting, int number, boolean renewed, Notes notes) {
        try {
            return attempt(acting, number, renewed, notes, NOBODY);
        } catch (DataAccessException | TransactionException databaseAway) {
            LOG.warn("{} waits for the database", acting.key().text(), databaseAway);
            return new Outcome.NotYet(conclusions.timings().retryDelay());
        }
    }

    /** The ledger, the holds and the witness's own books change together. */
    private Outcome settle(Acting acting, Settlement settlement, Witness witness) {
        var outcome = settlement.outcome();
        try {
            tenancy.inTenant(acting.key().tenant(), () -> {
                settlement.ledger().run();
                holds.settled(acting, outcome);
                witness.settled(outcome);
            });
            return outcome;
        } catch (DataAccessException | TransactionException databaseAway) {
            keep(acting, settlement);
            throw databaseAway;
        }
    }

    /** What is known of the act is worth a few more tries: without it somebody has to ask the provider, or a person. */
    private void keep(Acting acting, Settlement settlement) {
        for (Duration wait : LAST_TRIES) {
            try {
                Thread.sleep(wait);
                tenancy.inTenant(acting.key().tenant(), settlement.ledger());
                return;
            } catch (DataAccessException | TransactionException stillAway) {
                LOG.debug("{} is not settled yet", acting.key().text(), stillAway);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private Settlement bound(Acting acting, int number, boolean renewed, Notes notes, Witness witness) {
        String port = acting.function().portName();
        try {
            var scope = TenantScope.of(acting.key().tenant(), acting.client());
            var bound = connections.bound(scope, port);
            var adapter =
                    bound.map(found -> adapters.get(port + "@" + found.account().provider()));
            if (adapter.isEmpty()) {
                return Settlement.of(new Outcome.GaveUp(Reason.BAD_INPUT, unserved(acting, bound)));
            }
            var attempt = new Attempt(acting, number, renewed, notes, adapter.get(), bound.get());
            Duration wait = admission.ask(attempt);
            if (!wait.isZero()) {
                return Settlement.of(new Outcome.NotYet(wait));
            }
            var settlement = made(attempt, witness);
            admission.heard(attempt, settlement.outcome());
            return settlement;
        } catch (ConnectionUnusable unusable) {
            return Settlement.of(new Outcome.GaveUp(Reason.AUTH_EXPIRED, String.valueOf(unusable.getMessage())));
        } catch (ConnectionUnavailable unavailable) {
            return Settlement.of(conclusions.again(
                    number, Reason.PROVIDER_DOWN, String.valueOf(unavailable.getMessage()), Optional.empty()));
        }
    }

    private static String unserved(Acting acting, Optional<Bound> bound) {
        String port = acting.function().portName();
        return bound.map(found ->
                        "The connection %s (%s) is bound to %s for the client %s, but cannot serve it; bind another."
                                .formatted(
                                        found.account().connectionId(),
                                        found.account().provider(),
                                        port,
                                        acting.client()))
                .orElseGet(() -> "No account is bound to %s for the client %s, and %s needs one; bind a connection."
                        .formatted(port, acting.client(), acting.function().name()));
    }

    private Settlement made(Attempt attempt, Witness witness) {
        var acting = attempt.acting();
        if (acting.function().acts()) {
            return claim(attempt, witness);
        }
        return acting.begins()
                ? sending.send(attempt, Optional.empty(), Window.opening(acting.window()))
                : Settlement.of(Conclusions.TOO_LATE);
    }

    private Settlement claim(Attempt attempt, Witness witness) {
        Acting acting = attempt.acting();
        if (!holds.take(acting)) {
            return Settlement.of(new Outcome.NotYet(Conclusions.SOON));
        }
        if (!acting.begins()) {
            var underWay = ledger.underWay(acting.key(), conclusions.timings().settle());
            if (underWay.isPositive()) {
                return Settlement.of(new Outcome.NotYet(underWay));
            }
        }
        var window = Window.opening(acting.window());
        Duration settle = conclusions.settle(attempt);
        var claim = tenancy.inTenant(
                acting.key().tenant(),
                () -> witness.claiming()
                        ? ledger.claim(acting.key(), acting.place(), attempt.digest(), acting.window(), settle)
                        : new Claim.Fenced());
        return switch (claim) {
            case Claim.Send send ->
                acting.begins()
                        ? sending.send(attempt, Optional.of(send.held()), window)
                        : lookingUp.tooLate(send.held());
            case Claim.LookFirst look -> lookingUp.look(attempt, look.held(), window);
            case Claim.Done done ->
                Settlement.of(conclusions.finish(attempt, done.response().path("value")));
            case Claim.Failed failed ->
                Settlement.of(new Outcome.GaveUp(reasonIn(failed.error()), sentenceIn(failed.error())));
            case Claim.Busy busy -> Settlement.of(new Outcome.NotYet(busy.until()));
            case Claim.Parked parked ->
                Settlement.of(new Outcome.Ask("Whether this was done is for a person to find out."));
            case Claim.Differs differs ->
                Settlement.of(
                        new Outcome.Ask(
                                "Something else than this may have been sent before; whether it was done is for a person to find out."));
            case Claim.Fenced fenced -> Settlement.of(new Outcome.NotYet(Conclusions.SOON));
        };
    }

    private static Reason reasonIn(String error) {
        return Reason.valueOf(error.substring(0, error.indexOf(' ')));
    }

    private static String sentenceIn(String error) {
        return error.substring(error.indexOf(' ') + 1);
    }
}
