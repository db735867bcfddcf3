package dev.patchbay.flows.internal.run;

import dev.patchbay.connections.ConnectionUnavailable;
import dev.patchbay.connections.ConnectionUnusable;
import dev.patchbay.connections.Connections;
import dev.patchbay.connections.http.Window;
import dev.patchbay.flows.internal.effect.Claim;
import dev.patchbay.flows.internal.effect.EffectLedger;
import dev.patchbay.flows.internal.engine.NodeSettings;
import dev.patchbay.flows.spi.Answer;
import dev.patchbay.flows.spi.LookUp;
import dev.patchbay.flows.spi.Port;
import dev.patchbay.flows.spi.Reason;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantScope;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.JsonNode;

/** Makes one attempt at a call: claims, looks up or sends, and tells the ledger and the journal what came of it. */
@Component
class Performer {

    private static final Logger LOG = LoggerFactory.getLogger(Performer.class);
    private static final RandomGenerator JITTER = RandomGenerator.getDefault();
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final EffectLedger ledger;
    private final Journal journal;
    private final Connections connections;
    private final PortContracts contracts;
    private final NodeSettings timings;
    private final Clock clock;
    private final ObservationRegistry observations;
    private final Map<String, Port> adapters;

    Performer(
            EffectLedger ledger,
            Journal journal,
            Connections connections,
            PortContracts contracts,
            NodeSettings timings,
            Clock clock,
            ObservationRegistry observations,
            List<Port> adapters) {
        this.ledger = ledger;
        this.journal = journal;
        this.connections = connections;
        this.contracts = contracts;
        this.timings = timings;
        this.clock = clock;
        this.observations = observations;
        this.adapters = adapters.stream()
                .flatMap(adapter -> PortFunction.ALL.stream()
                        .filter(function -> function.port().isInstance(adapter))
                        .map(function -> Map.entry(function.portName() + "@" + adapter.provider(), adapter)))
                .distinct()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * One attempt. Never throws for what a provider does: the verdict says what happens next.
     *
     * @param number of this attempt, from 1: the wait grows with it
     * @param renewed whether the attempt before renewed the access token
     */
    Verdict attempt(RunContext run, StepCall call, int number, boolean renewed) {
        var record = new Attempt.Notes(clock.instant(), new ArrayList<>());
        var step = Observation.createNotStarted("flow.step", observations)
                .lowCardinalityKeyValue("call", call.function().name())
                .start();
        Verdict verdict = guarded(run, call, number, renewed, record);
        step.lowCardinalityKeyValue("outcome", verdict.outcome()).stop();
        journal.attempted(run, call.step(), record.startedAt(), clock.instant(), record.exchanges(), verdict.write());
        return verdict;
    }

    private Verdict guarded(RunContext run, StepCall call, int number, boolean renewed, Attempt.Notes record) {
        try {
            return contracts
                    .objection(call.function().name(), call.input())
                    .map(objection -> give(run, call, Reason.BAD_INPUT, objection))
                    .orElseGet(() -> bound(run, call, number, renewed, record));
        } catch (DataAccessException | TransactionException databaseAway) {
            LOG.warn("{} {} waits for the database", run.runId(), call.step().pointer(), databaseAway);
            return new Verdict.NotYet(timings.retryDelay());
        } catch (RuntimeException bug) {
            LOG.error("{} {} met a bug", run.runId(), call.step().pointer(), bug);
            return again(run, call, number, Reason.BUG, "Patchbay made a mistake in this step.", Optional.empty());
        }
    }

    private Verdict bound(RunContext run, StepCall call, int number, boolean renewed, Attempt.Notes record) {
        try {
            var scope = TenantScope.of(run.tenant(), run.client().id());
            var bound = connections.bound(scope, call.function().portName());
            var adapter = bound.map(found -> adapters.get(
                    call.function().portName() + "@" + found.account().provider()));
            if (adapter.isEmpty()) {
                return give(
                        run,
                        call,
                        Reason.BAD_INPUT,
                        "No account is bound to " + call.function().portName() + " for this client.");
            }
            var attempt = new Attempt(run, call, number, renewed, record, adapter.get(), bound.get());
            return call.function().acts()
                    ? claim(attempt)
                    : send(attempt, Optional.empty(), Window.opening(timings.actWindow()));
        } catch (ConnectionUnusable unusable) {
            return give(run, call, Reason.AUTH_EXPIRED, String.valueOf(unusable.getMessage()));
        } catch (ConnectionUnavailable unavailable) {
            return again(
                    run,
                    call,
                    number,
                    Reason.PROVIDER_DOWN,
                    String.valueOf(unavailable.getMessage()),
                    Optional.empty());
        }
    }

    private Verdict claim(Attempt attempt) {
        var window = Window.opening(timings.actWindow());
        var claim = ledger.claim(
                attempt.call().key(),
                attempt.call().step().pointer(),
                attempt.digest(),
                timings.actWindow(),
                settle(attempt));
        return switch (claim) {
            case Claim.Send send -> send(attempt, Optional.of(send.held()), window);
            case Claim.LookFirst look -> lookUp(attempt, look.held(), window);
            case Claim.Done done -> finish(attempt, done.response().path("value"));
            case Claim.Failed failed ->
                give(attempt.run(), attempt.call(), reasonIn(failed.error()), sentenceIn(failed.error()));
            case Claim.Busy busy -> new Verdict.NotYet(busy.until());
            case Claim.Parked parked ->
                give(
                        attempt.run(),
                        attempt.call(),
                        Reason.UNKNOWN_OUTCOME,
                        "Whether this was done is for a person to find out.");
            case Claim.Differs differs ->
                give(
                        attempt.run(),
                        attempt.call(),
                        Reason.BUG,
                        "The step asks for something else than when it was first tried.");
            case Claim.Fenced fenced -> new Verdict.NotYet(SOON);
        };
    }

    private Verdict lookUp(Attempt attempt, Claim.Held held, Window window) {
        LookUp<?> found = attempt.look(held, window);
        return switch (found) {
            case LookUp.Found<?> done -> {
                var value = Json.tree(done.value());
                ledger.done(held, value, done.providerIds(), true);
                yield finish(attempt, value);
            }
            case LookUp.Absent<?> absent -> {
                var next = Window.opening(timings.actWindow());
                yield ledger.arm(held, timings.actWindow(), settle(attempt))
                        ? send(attempt, Optional.of(held), next)
                        : new Verdict.NotYet(SOON);
            }
            case LookUp.Unavailable<?> unavailable -> {
                ledger.defer(held, timings.retryDelay());
                yield again(
                        attempt.run(),
                        attempt.call(),
                        attempt.number(),
                        Reason.UNKNOWN_OUTCOME,
                        unavailable.sentence(),
                        Optional.empty());
            }
            case LookUp.Unauthorized<?> unauthorized -> {
                ledger.defer(held, Duration.ZERO);
                yield renew(attempt, unauthorized.sentence());
            }
            case LookUp.Impossible<?> impossible -> {
                ledger.park(held);
                yield give(attempt.run(), attempt.call(), Reason.UNKNOWN_OUTCOME, impossible.sentence());
            }
        };
    }

    private Verdict send(Attempt attempt, Optional<Claim.Held> held, Window window) {
        Answer<?> answer = attempt.call(held, window);
        return switch (answer) {
            case Answer.Done<?> done -> {
                var value = Json.tree(done.value());
                held.ifPresent(claim -> ledger.done(claim, value, List.of(done.providerId()), false));
                yield finish(attempt, value);
            }
            case Answer.Refused<?> refused -> {
                held.ifPresent(claim -> ledger.failed(claim, refused.reason() + " " + refused.sentence()));
                yield give(attempt.run(), attempt.call(), refused.reason(), refused.sentence());
            }
            case Answer.TryLater<?> later -> {
                held.ifPresent(claim -> ledger.release(claim, Duration.ZERO));
                yield again(
                        attempt.run(),
                        attempt.call(),
                        attempt.number(),
                        later.reason(),
                        later.sentence(),
                        later.after());
            }
            case Answer.Lost<?> lost -> {
                held.ifPresent(claim -> ledger.lost(claim, lost.sentence(), settle(attempt)));
                yield again(
                        attempt.run(),
                        attempt.call(),
                        attempt.number(),
                        Reason.UNKNOWN_OUTCOME,
                        lost.sentence(),
                        Optional.of(SOON));
            }
            case Answer.Unauthorized<?> unauthorized -> {
                held.ifPresent(claim -> ledger.release(claim, Duration.ZERO));
                yield renew(attempt, unauthorized.sentence());
            }
        };
    }

    /** A token may have been revoked early: renew it once; when the new one is not accepted either, a person must connect again. */
    private Verdict renew(Attempt attempt, String sentence) {
        var account = attempt.bound().account();
        if (attempt.renewed()) {
            connections.markUnhealthy(attempt.run().tenant(), account.connectionId(), sentence);
            return give(attempt.run(), attempt.call(), Reason.AUTH_EXPIRED, sentence);
        }
        String rejected = account.secrets().getOrDefault("access_token", "");
        connections.refreshNow(attempt.run().tenant(), account.connectionId(), rejected);
        return new Verdict.Again(Duration.ZERO, Reason.AUTH_EXPIRED);
    }

    private Verdict finish(Attempt attempt, JsonNode value) {
        var run = attempt.run();
        var call = attempt.call();
        return contracts
                .outputObjection(call.function().name(), value)
                .map(objection -> give(run, call, Reason.BUG, objection))
                .orElseGet(() -> {
                    journal.completed(run, call.step(), value, clock.instant());
                    return new Verdict.Done();
                });
    }

    private Verdict give(RunContext run, StepCall call, Reason reason, String sentence) {
        journal.explained(run, call.step(), sentence);
        return new Verdict.GaveUp(reason);
    }

    private Verdict again(
            RunContext run, StepCall call, int number, Reason reason, String sentence, Optional<Duration> asked) {
        journal.explained(run, call.step(), sentence);
        long grown = timings.retryDelay().toMillis() << Math.min(number - 1, 6);
        long jitter = JITTER.nextLong(grown / 4 + 1);
        var wait = asked.orElse(Duration.ofMillis(grown + jitter));
        return new Verdict.Again(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait, reason);
    }

    /** A provider that takes our key absorbs a second send at once; at the others a late arrival must have had its time. */
    private Duration settle(Attempt attempt) {
        return switch (attempt.call().function().portName()) {
            case "calendar" -> Duration.ZERO;
            case "messaging" -> timings.smsSettle();
            default -> timings.settle();
        };
    }

    private static Reason reasonIn(String error) {
        return Reason.valueOf(error.substring(0, error.indexOf(' ')));
    }

    private static String sentenceIn(String error) {
        return error.substring(error.indexOf(' ') + 1);
    }
}
