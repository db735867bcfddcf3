package dev.patchbay.flows.internal.act;

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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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

    private final EffectLedger ledger;
    private final Connections connections;
    private final PortContracts contracts;
    private final NodeSettings timings;
    private final Holds holds;
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
            Rates rates,
            List<Port> adapters) {
        this.ledger = ledger;
        this.connections = connections;
        this.contracts = contracts;
        this.timings = timings;
        this.holds = holds;
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
     * @param journal hears of the outcome and may fail as the database may; not of a wait for the database itself
     */
    public Outcome attempt(Acting acting, int number, boolean renewed, Notes notes, Consumer<Outcome> journal) {
        Outcome outcome;
        try {
            outcome = contracts
                    .objection(acting.function().name(), acting.input())
                    .<Outcome>map(objection -> new Outcome.GaveUp(Reason.BAD_INPUT, objection))
                    .orElseGet(() -> bound(acting, number, renewed, notes));
            holds.settled(acting, outcome);
            journal.accept(outcome);
            return outcome;
        } catch (DataAccessException | TransactionException databaseAway) {
            LOG.warn("{} waits for the database", acting.key().text(), databaseAway);
            return new Outcome.NotYet(timings.retryDelay());
        } catch (RuntimeException bug) {
            LOG.error("{} met a bug", acting.key().text(), bug);
            outcome = conclusions.again(number, Reason.BUG, "Patchbay made a mistake in this step.", Optional.empty());
            journal.accept(outcome);
            return outcome;
        }
    }

    private Outcome bound(Acting acting, int number, boolean renewed, Notes notes) {
        String port = acting.function().portName();
        try {
            var scope = TenantScope.of(acting.key().tenant(), acting.client());
            var bound = connections.bound(scope, port);
            var adapter =
                    bound.map(found -> adapters.get(port + "@" + found.account().provider()));
            if (adapter.isEmpty()) {
                return new Outcome.GaveUp(Reason.BAD_INPUT, "No account is bound to " + port + " for this client.");
            }
            var attempt = new Attempt(acting, number, renewed, notes, adapter.get(), bound.get());
            Duration wait = admission.ask(attempt);
            if (!wait.isZero()) {
                return new Outcome.NotYet(wait);
            }
            Outcome outcome = acting.function().acts()
                    ? claim(attempt)
                    : sending.send(attempt, Optional.empty(), Window.opening(acting.window()));
            admission.heard(attempt, outcome);
            return outcome;
        } catch (ConnectionUnusable unusable) {
            return new Outcome.GaveUp(Reason.AUTH_EXPIRED, String.valueOf(unusable.getMessage()));
        } catch (ConnectionUnavailable unavailable) {
            return conclusions.again(
                    number, Reason.PROVIDER_DOWN, String.valueOf(unavailable.getMessage()), Optional.empty());
        }
    }

    private Outcome claim(Attempt attempt) {
        Acting acting = attempt.acting();
        if (!holds.take(acting)) {
            return new Outcome.NotYet(Conclusions.SOON);
        }
        var window = Window.opening(acting.window());
        var claim = ledger.claim(
                acting.key(), acting.place(), attempt.digest(), acting.window(), conclusions.settle(attempt));
        return switch (claim) {
            case Claim.Send send -> sending.send(attempt, Optional.of(send.held()), window);
            case Claim.LookFirst look -> lookingUp.look(attempt, look.held(), window);
            case Claim.Done done -> conclusions.finish(attempt, done.response().path("value"));
            case Claim.Failed failed -> new Outcome.GaveUp(reasonIn(failed.error()), sentenceIn(failed.error()));
            case Claim.Busy busy -> new Outcome.NotYet(busy.until());
            case Claim.Parked parked ->
                new Outcome.GaveUp(Reason.UNKNOWN_OUTCOME, "Whether this was done is for a person to find out.");
            case Claim.Differs differs ->
                new Outcome.GaveUp(Reason.BUG, "The step asks for something else than when it was first tried.");
            case Claim.Fenced fenced -> new Outcome.NotYet(Conclusions.SOON);
        };
    }

    private static Reason reasonIn(String error) {
        return Reason.valueOf(error.substring(0, error.indexOf(' ')));
    }

    private static String sentenceIn(String error) {
        return error.substring(error.indexOf(' ') + 1);
    }
}
