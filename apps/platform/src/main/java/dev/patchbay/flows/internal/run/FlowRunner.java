package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.flows.internal.run.Journal.Cause;
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
    public Duration execute(RunLease runLease) {
        if (runLease.begun().isPresent()) {
            return walk((RunContext) runLease.begun().get(), List.of());
        }
        Optional<RunContext> run;
        try {
            run = runs.load(runLease);
        } catch (DataAccessException | TransactionException databaseAway) {
            throw databaseAway;
        } catch (RuntimeException unreadable) {
            LOG.error("{} cannot be read", runLease.runId(), unreadable);
            runs.park(
                    runLease,
                    "This run, its flow or its client cannot be read.",
                    services.clock().instant());
            return Duration.ZERO;
        }
        return run.map(known -> walk(known, services.journal().lines(runLease.tenant(), runLease.runId())))
                .orElse(Duration.ZERO);
    }

    private Duration walk(RunContext run, List<StepRecord> lines) {
        try (var _ = MDC.putCloseable("correlationId", run.correlation().value());
                var _ = MDC.putCloseable("runId", run.runId())) {
            go(run, new RunExecution(run, new StepHistory(run.pass(), lines), services));
        } catch (Suspended suspended) {
            return Optional.ofNullable(suspended.length()).orElse(Duration.ZERO);
        } catch (LeaseLost lost) {
            LOG.info("{} is walked by somebody else, or was taken away", run.runId());
        }
        return Duration.ZERO;
    }

    private void go(RunContext run, RunExecution runExecution) {
        try {
            if (run.ending().isPresent()) {
                undo(run, runExecution, run.ending().get());
            } else {
                forward(run, runExecution);
            }
        } catch (TaskFailed failed) {
            String code = failed.reason().orElse(FailureReason.BAD_INPUT).code();
            park(runExecution, new Cause(code, sentence(failed), failed.task(), failed.error()));
        } catch (ManualDecisionRequired needed) {
            park(
                    runExecution,
                    new Cause(FailureReason.UNKNOWN_OUTCOME.code(), needed.sentence(), needed.task(), Json.object()));
        } catch (Suspended | LeaseLost | TransactionException end) {
            throw end;
        } catch (RuntimeException failure) {
            if (failure instanceof DataAccessException && !stays(failure)) {
                throw failure;
            }
            LOG.error("{} met a bug", run.runId(), failure);
            // Anew: what this walk still had to write may be what the database refuses.
            park(
                    new RunExecution(run, new StepHistory(run.pass(), List.of()), services),
                    new Cause(FailureReason.BUG.code(), "Patchbay made a mistake in this run.", "", Json.object()));
        }
    }

    /** Whether the database will refuse it however often it is asked. */
    static boolean stays(RuntimeException failure) {
        return failure instanceof DataIntegrityViolationException
                || failure instanceof InvalidDataAccessResourceUsageException
                || failure instanceof InvalidDataAccessApiUsageException;
    }

    private void forward(RunContext run, RunExecution runExecution) {
        JsonNode output;
        try {
            output = new Interpreter(run.definition(), run.input(), run.client(), runExecution).run();
        } catch (TaskFailed failed) {
            if (failed.reason().isPresent()) {
                throw failed;
            }
            var cause = new Cause(failed.code(), sentence(failed), failed.task(), failed.error());
            write(runExecution, () -> services.journal().ending(run, "failed", cause));
            undo(run, runExecution, "failed");
            return;
        }
        write(runExecution, () -> services.journal().ended(run, "completed", output, runExecution.now()));
    }

    private void undo(RunContext run, RunExecution runExecution, String ending) {
        new Compensation(runExecution).all();
        write(runExecution, () -> services.journal().ended(run, ending, null, runExecution.now()));
    }

    private void park(RunExecution runExecution, Cause cause) {
        meters.counter("dead.letters", "reason", cause.code()).increment();
        write(runExecution, () -> services.journal().parked(runExecution.run(), cause, runExecution.now()));
    }

    private static void write(RunExecution runExecution, Supplier<Boolean> statement) {
        runExecution.inTurn(() -> runExecution.flush() && statement.get());
    }

    private static String sentence(TaskFailed failed) {
        return String.valueOf(failed.getMessage());
    }
}
