package dev.patchbay.flows.run;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.flows.evaluation.EvaluationPool;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantContext;
import dev.patchbay.kernel.database.Tenancy;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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

/**
 * Executes a run from its first task to its end: completed, failed by its author, cancelled, or parked for a person. The
 * journal contains the steps that were done before.
 */
@Component
class FlowRunner {

    private static final Logger LOG = LoggerFactory.getLogger(FlowRunner.class);

    private final RunRepository runs;
    private final RunContextRepository contexts;
    private final StepJournals journals;
    private final StepAttempts attempts;
    private final CallInputs inputs;
    private final RunAudit audit;
    private final EvaluationPool evaluations;
    private final Tenancy tenancy;
    private final Clock clock;
    private final MeterRegistry meters;

    FlowRunner(
            RunRepository runs,
            RunContextRepository contexts,
            StepJournals journals,
            StepAttempts attempts,
            CallInputs inputs,
            RunAudit audit,
            EvaluationPool evaluations,
            Tenancy tenancy,
            Clock clock,
            MeterRegistry meters) {
        this.runs = runs;
        this.contexts = contexts;
        this.journals = journals;
        this.attempts = attempts;
        this.inputs = inputs;
        this.audit = audit;
        this.evaluations = evaluations;
        this.tenancy = tenancy;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * Executes a run that this process has claimed.
     *
     * @return the time after which the waiting run has to be claimed again; zero when there is nothing to claim
     */
    Duration execute(RunLease lease) {
        Optional<RunContext> run;
        try {
            run = contexts.find(lease, clock.instant());
        } catch (DataAccessException | TransactionException databaseAway) {
            throw databaseAway;
        } catch (RuntimeException unreadable) {
            LOG.error("run {}: cannot be read; parking it", lease.runId(), unreadable);
            parkUnreadable(lease);
            return Duration.ZERO;
        }
        return run.map(context -> execute(journals.open(context))).orElse(Duration.ZERO);
    }

    /** Executes, as {@link #execute(RunLease)} does, a run that was stored just now and has no steps yet. */
    Duration start(RunContext run) {
        return execute(journals.openEmpty(run));
    }

    private void parkUnreadable(RunLease lease) {
        var cause =
                new RunCause(FailureReason.BUG.code(), "This run, its flow or its client cannot be read.", null, null);
        tenancy.inTenant(lease.tenant(), () -> runs.park(lease, cause, clock.instant()));
    }

    private Duration execute(StepJournal journal) {
        var run = journal.run();
        try (var _ = TenantContext.open(run.tenant(), Optional.of(run.client().id()));
                var _ = MDC.putCloseable("correlationId", run.correlation().value());
                var _ = MDC.putCloseable("runId", run.runId().value())) {
            executeOrPark(journal);
        } catch (Suspended suspended) {
            return Optional.ofNullable(suspended.remainingWait()).orElse(Duration.ZERO);
        } catch (LeaseLost lost) {
            LOG.info("run {}: lease lost; a peer or a person continues it", run.runId());
        }
        return Duration.ZERO;
    }

    private void executeOrPark(StepJournal journal) {
        var run = journal.run();
        try {
            if (run.ending().isPresent()) {
                compensate(journal, run.ending().get());
            } else {
                executeFlow(journal);
            }
        } catch (TaskFailed failed) {
            String code = failed.reason().orElse(FailureReason.BAD_INPUT).code();
            park(journal, new RunCause(code, failed.sentence(), failed.task(), failed.error()));
        } catch (ManualDecisionRequired required) {
            park(
                    journal,
                    new RunCause(
                            FailureReason.UNKNOWN_OUTCOME.code(), required.sentence(), required.task(), Json.object()));
        } catch (Suspended | LeaseLost | TransactionException end) {
            throw end;
        } catch (RuntimeException failure) {
            if (failure instanceof DataAccessException && !isPermanent(failure)) {
                throw failure;
            }
            LOG.error("run {}: failed by a bug; parking it", run.runId(), failure);
            // The database may be rejecting the very steps that this journal still holds.
            park(
                    journals.openEmpty(run),
                    new RunCause(FailureReason.BUG.code(), "Patchbay made a mistake in this run.", "", Json.object()));
        }
    }

    /** Says whether the database will reject the statement however often it is sent. */
    static boolean isPermanent(RuntimeException failure) {
        return failure instanceof DataIntegrityViolationException
                || failure instanceof InvalidDataAccessResourceUsageException
                || failure instanceof InvalidDataAccessApiUsageException;
    }

    private void executeFlow(StepJournal journal) {
        var run = journal.run();
        JsonNode output;
        try {
            output = new Interpreter(
                            run.definition(),
                            run.input(),
                            run.client(),
                            new RunExecution(journal, attempts),
                            inputs.forRun(run.tenant(), run.client(), run.input(), run.startedAt()),
                            evaluations.forRun(run.tenant()))
                    .run();
        } catch (TaskFailed failed) {
            if (failed.reason().isPresent()) {
                throw failed;
            }
            var cause = new RunCause(failed.causeCode(), failed.sentence(), failed.task(), failed.error());
            write(journal, () -> runs.beginCompensation(run.lease(), cause));
            compensate(journal, RunStatus.FAILED);
            return;
        }
        end(journal, RunStatus.COMPLETED, () -> runs.complete(run.lease(), output, journal.now()));
    }

    private void compensate(StepJournal journal, RunStatus ending) {
        new Compensation(journal, attempts).compensateAll();
        end(journal, ending, () -> runs.endCompensated(journal.run().lease(), ending, journal.now()));
    }

    private void park(StepJournal journal, RunCause cause) {
        meters.counter("dead.letters", "reason", cause.code()).increment();
        end(journal, RunStatus.PARKED, () -> {
            boolean held = runs.park(journal.run().lease(), cause, journal.now());
            if (held) {
                audit.announceDeadLetter(journal.run(), cause, journal.now());
            }
            return held;
        });
    }

    /** Ends the run, and records the end in the audit trail in the same transaction. */
    private void end(StepJournal journal, RunStatus outcome, BooleanSupplier statement) {
        write(journal, () -> {
            boolean held = statement.getAsBoolean();
            if (held) {
                audit.recordEnd(journal.run(), outcome);
                meters.counter(
                                "flow.runs",
                                "outcome",
                                outcome.name().toLowerCase(Locale.ROOT),
                                "tenant",
                                journal.run().tenant().value())
                        .increment();
            }
            return held;
        });
    }

    private static void write(StepJournal journal, BooleanSupplier statement) {
        journal.inTransaction(() -> journal.flush() && statement.getAsBoolean());
    }
}
