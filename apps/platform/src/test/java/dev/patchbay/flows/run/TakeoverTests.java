package dev.patchbay.flows.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.effects.NodeLease;
import dev.patchbay.flowlanguage.Task;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.FlowFixture;
import dev.patchbay.testing.PatchbayTest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** This process takes over runs of dead processes, and a process that only seemed dead does no harm. */
@PatchbayTest
class TakeoverTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");

    private static final String WAITING = """
            do:
              - contact:
                  call: crm.upsertContact
                  with: { phone: "${ $event.from }", firstName: Ada, source: test }
              - later: { wait: { hours: 1 } }
              - text:
                  call: messaging.sendSms
                  with: { to: "${ $event.from }", text: hello }
            """;

    @Autowired
    private RunContextRepository contexts;

    @Autowired
    private StepJournals journals;

    @Autowired
    private StepAttempts attempts;

    @Autowired
    private NodeLease node;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private final FlowFixture fixture = new FlowFixture(WAITING);
    private final String id = startAndAwaitWait();
    private final String peer = "peer-" + UUID.randomUUID();

    /** A run also waits when the CRM limits requests, so the step says that the flow's own wait has begun. */
    private String startAndAwaitWait() {
        String started = fixture.start();
        await().until(() -> {
            var run = FlowFixture.awaitStatus(started, "waiting");
            return FlowFixture.steps(run, 0).contains("later waiting");
        });
        return started;
    }

    @Test
    void aRunIsTakenOverOnlyWhenItsProcessIsDead() {
        setPeerLease("1 minute");
        giveToPeer(1);
        endWait();

        assertThat(claimDue()).doesNotContain(id);
        setPeerLease("-1 second");

        var run = FlowFixture.awaitStatus(id, "completed");
        assertThat(FlowFixture.steps(run, 0)).containsExactly("contact completed", "later completed", "text completed");
        assertThat(fixture.countContacts()).isEqualTo(1);
        assertThat(fixture.countTexts()).isEqualTo(1);
    }

    @Test
    void aRunIsTakenOverWhenItsProcessHasANewEpoch() {
        setPeerLease("1 minute");
        giveToPeer(0);
        endWait();

        FlowFixture.awaitStatus(id, "completed");
        assertThat(fixture.countTexts()).isEqualTo(1);
    }

    @Test
    void aProcessWithoutALiveLeaseClaimsNothing() {
        setPeerLease("-1 second");
        endWait();

        assertThat(tenancy.throughDefinerFunction(
                        () -> jdbc.sql("SELECT run_id FROM patchbay.claim_runs(:node, 1, 100, 100)")
                                .param("node", peer)
                                .query(String.class)
                                .list()))
                .isEmpty();
        FlowFixture.awaitStatus(id, "waiting");
    }

    @Test
    void aFormerOwnerWritesNothingAndClaimsNothing() {
        var lease = claimHere();
        var formerJournal = journals.open(contexts.find(lease, Instant.now()).orElseThrow());
        var formerOwner = new RunExecution(formerJournal, attempts);
        takeAway();

        assertThat(contexts.find(lease, Instant.now())).isEmpty();
        var text = TaskTree.calls(formerJournal.run().definition().tasks())
                .filter(task -> task.name().equals("text"))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> formerOwner.call(call(text))).isInstanceOf(LeaseLost.class);
        assertThatThrownBy(() -> formerOwner.startOf(new StepId("/do/9/x", "x", 0)))
                .isInstanceOf(LeaseLost.class);
        formerOwner.recordOutput(new StepId("/do/8/y", "y", 0), Json.object());
        assertThatThrownBy(() -> formerJournal.inTransaction(formerJournal::flush))
                .isInstanceOf(LeaseLost.class);
        assertThat(fixture.countTexts()).isZero();
        assertThat(FlowFixture.steps(FlowFixture.awaitStatus(id, "paused"), 0))
                .containsExactly("contact completed", "later waiting");
    }

    @Test
    void anOrphanedRunIsFoundAndExecuted() {
        endWait();
        update(
                "status = 'running', owner_node = :node, owner_epoch = :epoch, wake_at = NULL, fencing_token = fencing_token + 1",
                node.nodeId(),
                node.epoch());

        FlowFixture.awaitStatus(id, "completed");
        assertThat(fixture.countTexts()).isEqualTo(1);
    }

    @Test
    void anUnreadableRunIsParked() {
        String flow = fixture.flowId();
        tenancy.inTenant(TENANT, () -> jdbc.sql("""
                        INSERT INTO patchbay.flow_version (tenant_id, flow_id, version, state, source, digest)
                        VALUES ('tnt_demo', :flow, '9.0.0', 'retired', 'nonsense', '')""").param("flow", flow).update());
        update("version = '9.0.0', wake_at = clock_timestamp()", "", 0);

        var run = FlowFixture.awaitStatus(id, "parked");

        assertThat(run.at("/cause/code").asString()).isEqualTo("bug");
        assertThat(run.at("/cause/sentence").asString()).contains("cannot be read");
    }

    private TaskExecutor.Call call(Task.CallTask task) {
        var step = new StepId(task.header().pointer(), task.name(), 0);
        var input = Json.object().put("to", fixture.phone()).put("text", "hello");
        return new TaskExecutor.Call(task, step, input, input, List.of(), Optional.empty(), Deadline.NONE);
    }

    private RunLease claimHere() {
        long token = update("""
                status = 'running', owner_node = :node, owner_epoch = :epoch, wake_at = NULL, fencing_token = fencing_token + 1""", node.nodeId(), node.epoch());
        return new RunLease(TENANT, new RunId(id), token);
    }

    private void giveToPeer(long epoch) {
        update("status = 'running', owner_node = :node, owner_epoch = :epoch, wake_at = NULL", peer, epoch);
    }

    private void takeAway() {
        update("status = 'paused', owner_node = NULL, owner_epoch = NULL, fencing_token = fencing_token + 1", "", 0);
    }

    private long update(String assignments, String owner, long epoch) {
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

    private void setPeerLease(String length) {
        tenancy.throughDefinerFunction(
                () -> jdbc.sql("""
                        INSERT INTO patchbay.node (node_id, epoch, lease_until)
                        VALUES (:node, 1, clock_timestamp() + :length::interval)
                        ON CONFLICT (node_id) DO UPDATE SET lease_until = excluded.lease_until""").param("node", peer).param("length", length).update());
    }

    private void endWait() {
        tenancy.inTenant(
                TENANT,
                () -> jdbc.sql(
                                "UPDATE patchbay.step SET due_at = clock_timestamp() WHERE tenant_id = 'tnt_demo' AND run_id = :run AND due_at IS NOT NULL")
                        .param("run", id)
                        .update());
    }

    private List<String> claimDue() {
        return tenancy.throughDefinerFunction(
                () -> jdbc.sql("SELECT run_id FROM patchbay.claim_runs(:node, :epoch, 100, 100)")
                        .param("node", node.nodeId())
                        .param("epoch", node.epoch())
                        .query(String.class)
                        .list());
    }
}
