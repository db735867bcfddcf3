package dev.patchbay.flows.internal.run;

import dev.patchbay.flows.internal.engine.RunExecutor;
import dev.patchbay.flows.internal.engine.Turn;
import dev.patchbay.flows.internal.run.Journal.Cause;
import dev.patchbay.flows.spi.Reason;
import dev.patchbay.kernel.Json;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.JsonNode;

/** A run from its first task to its end: completed, failed by its author's will, cancelled, or parked for a person. */
@Component
class FlowRunner implements RunExecutor.RunBody {

    private static final Logger LOG = LoggerFactory.getLogger(FlowRunner.class);

    private final RunRepository runs;
    private final WalkServices services;
    private final MeterRegistry meters;

    FlowRunner(RunRepository runs, WalkServices services, MeterRegistry meters) {
        this.runs = runs;
        this.services = services;
        this.meters = meters;
    }

    @Override
    public Duration walk(Turn turn) {
        if (turn.begun().isPresent()) {
            return walk((RunContext) turn.begun().get(), List.of());
        }
        Optional<RunContext> run;
        try {
            run = runs.load(turn);
        } catch (DataAccessException | TransactionException databaseAway) {
            throw databaseAway;
        } catch (RuntimeException unreadable) {
            LOG.error("{} cannot be read", turn.runId(), unreadable);
            runs.park(
                    turn,
                    "This run, its flow or its client cannot be read.",
                    services.clock().instant());
            return Duration.ZERO;
        }
        return run.map(known -> walk(known, services.journal().lines(turn.tenant(), turn.runId())))
                .orElse(Duration.ZERO);
    }

    private Duration walk(RunContext run, List<Line> lines) {
        try (var _ = MDC.putCloseable("correlationId", run.correlation().value());
                var _ = MDC.putCloseable("runId", run.runId())) {
            go(run, new Walk(run, new Lines(run.pass(), lines), services));
        } catch (Suspended suspended) {
            return Optional.ofNullable(suspended.length()).orElse(Duration.ZERO);
        } catch (TurnLost lost) {
            LOG.info("{} is walked by somebody else, or was taken away", run.runId());
        }
        return Duration.ZERO;
    }

    private void go(RunContext run, Walk walk) {
        try {
            if (run.ending().isPresent()) {
                undo(run, walk, run.ending().get());
            } else {
                forward(run, walk);
            }
        } catch (TaskFailed failed) {
            String code = failed.reason().orElse(Reason.BAD_INPUT).code();
            park(walk, new Cause(code, sentence(failed), failed.task(), failed.error()));
        } catch (PersonNeeded needed) {
            park(walk, new Cause(Reason.UNKNOWN_OUTCOME.code(), needed.sentence(), needed.task(), Json.object()));
        } catch (Suspended | TurnLost | TransactionException end) {
            throw end;
        } catch (RuntimeException failure) {
            if (failure instanceof DataAccessException && !stays(failure)) {
                throw failure;
            }
            LOG.error("{} met a bug", run.runId(), failure);
            // Anew: what this walk still had to write may be what the database refuses.
            park(
                    new Walk(run, new Lines(run.pass(), List.of()), services),
                    new Cause(Reason.BUG.code(), "Patchbay made a mistake in this run.", "", Json.object()));
        }
    }

    /** Whether the database will refuse it however often it is asked. */
    static boolean stays(RuntimeException failure) {
        return failure instanceof DataIntegrityViolationException
                || failure instanceof InvalidDataAccessResourceUsageException
                || failure instanceof InvalidDataAccessApiUsageException;
    }

    private void forward(RunContext run, Walk walk) {
        JsonNode output;
        try {
            output = new Interpreter(run.definition(), run.input(), run.client(), walk).run();
        } catch (TaskFailed failed) {
            if (failed.reason().isPresent()) {
                throw failed;
            }
            var cause = new Cause(failed.code(), sentence(failed), failed.task(), failed.error());
            write(walk, () -> services.journal().ending(run, "failed", cause));
            undo(run, walk, "failed");
            return;
        }
        write(walk, () -> services.journal().ended(run, "completed", output, walk.now()));
    }

    private void undo(RunContext run, Walk walk, String ending) {
        new Undoing(walk).all();
        write(walk, () -> services.journal().ended(run, ending, null, walk.now()));
    }

    private void park(Walk walk, Cause cause) {
        meters.counter("dead.letters", "reason", cause.code()).increment();
        write(walk, () -> services.journal().parked(walk.run(), cause, walk.now()));
    }

    private static void write(Walk walk, Supplier<Boolean> statement) {
        walk.inTurn(() -> walk.flush() && statement.get());
    }

    private static String sentence(TaskFailed failed) {
        return String.valueOf(failed.getMessage());
    }
}
