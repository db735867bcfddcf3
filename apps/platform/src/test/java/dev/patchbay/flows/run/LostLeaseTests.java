package dev.patchbay.flows.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.effects.NodeLease;
import dev.patchbay.flowlanguage.FlowDefinition;
import dev.patchbay.flows.evaluation.EvaluationPool;
import dev.patchbay.flows.run.StepRepository.AttemptRecord;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.FlowId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A process whose lease a peer or a person took writes nothing more. */
@PatchbayTest
class LostLeaseTests {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final StepRecord STEP =
            StepRecord.start(new StepId("/do/0/ask", "ask", 0), 0, null, Json.object(), NOON);

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private NodeLease node;

    @Autowired
    private StepRepository steps;

    @Autowired
    private RunRepository runs;

    @Autowired
    private RunContextRepository contexts;

    @Autowired
    private StepJournals journals;

    @Autowired
    private StepAttempts attempts;

    @Autowired
    private CallInputs inputs;

    @Autowired
    private RunAudit audit;

    @Autowired
    private EvaluationPool evaluations;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private MeterRegistry meters;

    private static RunContext run() {
        return new RunContext(
                new RunLease(new TenantId("tnt_demo"), new RunId("run_lost"), 1),
                new FlowId("flow_lost"),
                new Client(new ClientId("cli_none"), "None", ZoneId.of("America/Chicago"), Json.object()),
                new CorrelationId("cor_lost"),
                Optional.empty(),
                new FlowDefinition(
                        new FlowDefinition.Document("1.0.3", "test", "lost", "1.0.0", Optional.empty()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Json.object()),
                Json.object(),
                NOON,
                Duration.ZERO,
                0,
                Optional.empty(),
                Set.of());
    }

    private StepJournal journal(StepRepository repository) {
        var run = run();
        return new StepJournal(
                run, new StepHistory(0, List.of()), repository, runs, tenancy, Clock.fixed(NOON, ZoneId.of("UTC")));
    }

    @Test
    void aJournalSaysOfEachWriteThatTheLeaseIsLost() {
        var attempt = new AttemptRecord(NOON, NOON, List.of(), "done");
        var tenant = run().tenant();

        assertThat(tenancy.inTenant(tenant, () -> journal(steps).save(STEP))).isFalse();
        assertThat(tenancy.inTenant(tenant, () -> journal(steps).saveHoldingLease(STEP)))
                .isFalse();
        assertThat(tenancy.inTenant(tenant, () -> journal(steps).save(STEP, attempt)))
                .isFalse();
        assertThatThrownBy(() -> journal(steps).write(STEP)).isInstanceOf(LeaseLost.class);
        assertThatThrownBy(() -> journal(steps).suspend(STEP, Duration.ofMinutes(1)))
                .isInstanceOf(LeaseLost.class);
    }

    @Test
    void aStepIsNotWrittenAfterKeptOnesThatWereRefused() {
        var attempt = new AttemptRecord(NOON, NOON, List.of(), "done");
        var tenant = run().tenant();

        assertThat(tenancy.inTenant(tenant, () -> keeping().save(STEP))).isFalse();
        assertThat(tenancy.inTenant(tenant, () -> keeping().saveHoldingLease(STEP)))
                .isFalse();
        assertThat(tenancy.inTenant(tenant, () -> keeping().save(STEP, attempt)))
                .isFalse();
    }

    private StepJournal keeping() {
        var journal = journal(steps);
        journal.add(STEP);
        return journal;
    }

    @Test
    void aRunThatCannotBeSuspendedHasLostItsLease() {
        var written = new StepRepository(jdbc, tenancy) {
            @Override
            boolean save(RunLease lease, StepRecord step) {
                return true;
            }
        };

        assertThatThrownBy(() -> journal(written).suspend(STEP, Duration.ofMinutes(1)))
                .isInstanceOf(LeaseLost.class);
    }

    @Test
    void aRunWithoutItsLeaseEndsQuietly() {
        assertThat(runner(runs).start(run())).isZero();
    }

    @Test
    void bugsAndRefusedStatementsParkARunButADatabaseThatIsAwayDoesNot() {
        assertThat(causesAfter(new IllegalStateException("bug"))).containsExactly("bug");
        assertThat(causesAfter(new DataIntegrityViolationException("refused"))).containsExactly("bug");
        assertThatThrownBy(() -> causesAfter(new DataAccessResourceFailureException("away")))
                .isInstanceOf(DataAccessResourceFailureException.class);
    }

    private List<String> causesAfter(RuntimeException failure) {
        var causes = new ArrayList<String>();
        var failing = new RunRepository(jdbc, node, change -> {}) {
            @Override
            boolean complete(RunLease lease, JsonNode output, Instant now) {
                throw failure;
            }

            @Override
            boolean park(RunLease lease, RunCause cause, Instant now) {
                causes.add(cause.code());
                return super.park(lease, cause, now);
            }
        };
        assertThat(runner(failing).start(run())).isZero();
        return causes;
    }

    private FlowRunner runner(RunRepository repository) {
        return new FlowRunner(
                repository,
                contexts,
                journals,
                attempts,
                inputs,
                audit,
                evaluations,
                tenancy,
                Clock.systemUTC(),
                meters);
    }
}
