package dev.patchbay.flows.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.connections.Connections;
import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.Actions;
import dev.patchbay.effects.ExchangeLog;
import dev.patchbay.effects.NodeLease;
import dev.patchbay.effects.Outcome;
import dev.patchbay.effects.SettlementListener;
import dev.patchbay.flows.evaluation.EvaluationPool;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.FailureFixture;
import dev.patchbay.testing.FlowFixture;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.SettableClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Time in which no process works on a run counts against no time limit. */
@PatchbayTest
class AbsenceTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");

    /** The limit is shorter than the window in which a dead process may have sent the contact. */
    private static final String CONTACT = """
            do:
              - pause: { wait: { hours: 1 } }
              - contact:
                  call: crm.upsertContact
                  with: { phone: "${ $event.from }", firstName: Ada, source: test }
                  timeout: { after: { seconds: 2 } }
            """;

    private static final String BOOKING_AND_TEXT = """
            do:
              - booking:
                  call: calendar.book
                  with: { contact: c1, start: "${ $event.slot }", minutes: 30 }
              - text:
                  call: messaging.sendSms
                  with: { to: "${ $event.from }", text: See you soon }
                  metadata: { patience: { days: 90 } }
            """;

    private static final String GROUP = """
            do:
              - group:
                  timeout: { after: { minutes: 5 } }
                  do:
                    - pause: { wait: { minutes: 1 } }
                    - contact:
                        call: crm.upsertContact
                        with: { phone: "${ $event.from }", firstName: Ada, source: test }
            """;

    @Autowired
    private RunRepository runs;

    @Autowired
    private RunContextRepository contexts;

    @Autowired
    private StepRepository steps;

    @Autowired
    private StepAttempts attempts;

    @Autowired
    private CallInputs inputs;

    @Autowired
    private RunAudit audit;

    @Autowired
    private EvaluationPool evaluations;

    @Autowired
    private Connections connections;

    @Autowired
    private Clients clients;

    @Autowired
    private NodeLease node;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MeterRegistry meters;

    @AfterEach
    void heal() {
        FlowFixture.removeFaults();
    }

    /** A process that dies after the provider's answer and before the outcome is written. */
    private record DyingActions(Actions real) implements Actions {

        @Override
        public Outcome attempt(
                ActionRequest request,
                int number,
                boolean renewed,
                ExchangeLog exchangeLog,
                SettlementListener listener) {
            return real.attempt(request, number, renewed, exchangeLog, new SettlementListener() {
                @Override
                public boolean onClaim() {
                    return listener.onClaim();
                }

                @Override
                public void onSettled(Outcome outcome) {
                    throw new ProcessDied();
                }
            });
        }

        @Override
        public Outcome attempt(ActionRequest request, int number, boolean renewed, ExchangeLog exchangeLog) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class ProcessDied extends Error {

        private static final long serialVersionUID = 1;
    }

    @Test
    void aRunWhoseProcessDiedInAStepCompletesAlthoughItsLimitPassedMeanwhile() {
        var fixture = new FlowFixture(CONTACT);
        String id = startAndAwaitPause(fixture);
        FlowFixture.injectFault("highlevel", "contacts.create", "500", 1);
        var lease = claim(id);
        endPause(id);
        var dying = new StepAttempts(
                new DyingActions(attempts.actions()),
                attempts.effects(),
                attempts.settings(),
                attempts.patience(),
                attempts.observations());

        assertThatThrownBy(() -> runner(dying, Instant.now()).execute(lease)).isInstanceOf(ProcessDied.class);
        giveToDeadPeer(id);

        var run = FlowFixture.awaitStatus(id, "completed");
        assertThat(FlowFixture.steps(run, 0)).containsExactly("pause completed", "contact completed");
        assertThat(fixture.countContacts()).isEqualTo(1);
    }

    @Test
    void aGroupsLimitDoesNotRunWhileNoProcessIsAlive() {
        var fixture = new FlowFixture(GROUP);
        String id = startAndAwaitPause(fixture);
        var lease = claim(id);
        endPause(id);

        runner(attempts, Instant.now().plus(Duration.ofHours(3))).execute(lease);

        var run = FlowFixture.awaitStatus(id, "completed");
        assertThat(FlowFixture.steps(run, 0)).contains("pause completed", "contact completed");
        assertThat(fixture.countContacts()).isEqualTo(1);
    }

    @Test
    void aLimitThatTrulyPassedIsTheReason() {
        JsonNode run = new FlowFixture(
                        GROUP.replace("minutes: 5", "milliseconds: 1").replace("- pause: { wait: { minutes: 1 } }", ""))
                .startAndAwait("parked");

        assertThat(run.at("/cause/code").asString()).isEqualTo("too_late");
        assertThat(run.at("/cause/sentence").asString())
                .isEqualTo("The time limit of “group” was over before “contact” began.");
    }

    @Test
    void aTextIsNotSentOnceItsAppointmentIsOverAlthoughNoLimitHasPassed() {
        var fixture = new FailureFixture(clients, connections)
                .twilioAt("http://127.0.0.1:1")
                .flow(BOOKING_AND_TEXT);
        String id = fixture.runId();
        await().until(() ->
                FlowFixture.steps(FlowFixture.awaitStatus(id, "waiting"), 0).contains("text waiting"));

        runner(attempts, Instant.now().plus(Duration.ofDays(60))).execute(claim(id));

        JsonNode cause = fixture.cause();
        assertThat(cause.path("code").asString()).isEqualTo("too_late");
        assertThat(cause.path("sentence").asString())
                .startsWith("The appointment that “text” is about was over. There was no time left to do it.");
    }

    private String startAndAwaitPause(FlowFixture fixture) {
        String id = fixture.start();
        await().until(() ->
                FlowFixture.steps(FlowFixture.awaitStatus(id, "waiting"), 0).contains("pause waiting"));
        return id;
    }

    private FlowRunner runner(StepAttempts stepAttempts, Instant now) {
        var clock = new SettableClock(now);
        return new FlowRunner(
                runs,
                contexts,
                new StepJournals(steps, runs, tenancy, clock),
                stepAttempts,
                inputs,
                audit,
                evaluations,
                tenancy,
                clock,
                meters);
    }

    private RunLease claim(String id) {
        long token = update(id, """
                status = 'running', owner_node = :node, owner_epoch = :epoch, wake_at = NULL,
                fencing_token = fencing_token + 1""", node.nodeId(), node.epoch());
        return new RunLease(TENANT, new RunId(id), token);
    }

    private void giveToDeadPeer(String id) {
        update(id, "owner_node = :node, owner_epoch = :epoch", "dead-" + UUID.randomUUID(), 1);
    }

    private long update(String id, String assignments, String owner, long epoch) {
        return tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("UPDATE patchbay.run SET " + assignments
                                + " WHERE tenant_id = 'tnt_demo' AND run_id = :run RETURNING fencing_token")
                        .param("node", owner)
                        .param("epoch", epoch)
                        .param("run", id)
                        .query(Long.class)
                        .single());
    }

    private void endPause(String id) {
        tenancy.inTenant(
                TENANT,
                () -> jdbc.sql(
                                "UPDATE patchbay.step SET due_at = clock_timestamp() WHERE tenant_id = 'tnt_demo' AND run_id = :run AND due_at IS NOT NULL")
                        .param("run", id)
                        .update());
    }
}
