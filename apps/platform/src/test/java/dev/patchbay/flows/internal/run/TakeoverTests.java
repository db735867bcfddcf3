package dev.patchbay.flows.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.effects.NodeLease;
import dev.patchbay.flowlanguage.Task;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.FlowFixture;
import dev.patchbay.testing.PatchbayTest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs whose process died go on here, and a process that only seemed dead does no harm. */
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
    private RunRepository runs;

    @Autowired
    private WalkServices services;

    @Autowired
    private NodeLease node;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private final FlowFixture scene = new FlowFixture(WAITING);
    private final String id = scene.ran("waiting").path("id").asString();
    private final String peer = "peer-" + UUID.randomUUID();

    @Test
    void aRunOfALivePeerIsLeftAloneUntilThePeerDies() {
        lease("1 minute");
        ownedByPeer(1);
        overIsTheWait();

        assertThat(claim()).doesNotContain(id);
        lease("-1 second");

        var run = FlowFixture.until(id, "completed");
        assertThat(FlowFixture.steps(run, 0)).containsExactly("contact completed", "later completed", "text completed");
        assertThat(scene.contacts()).isEqualTo(1);
        assertThat(scene.texts()).isEqualTo(1);
    }

    @Test
    void aRunOfAPeerThatCameBackAsAnotherGoesOn() {
        lease("1 minute");
        ownedByPeer(0);
        overIsTheWait();

        FlowFixture.until(id, "completed");
        assertThat(scene.texts()).isEqualTo(1);
    }

    @Test
    void aProcessWithoutALiveLeaseTakesNothing() {
        lease("-1 second");
        overIsTheWait();

        assertThat(tenancy.throughDoor(() -> jdbc.sql("SELECT run_id FROM patchbay.claim_runs(:node, 1, 100)")
                        .param("node", peer)
                        .query(String.class)
                        .list()))
                .isEmpty();
        FlowFixture.until(id, "waiting");
    }

    @Test
    void whoWasThoughtDeadWritesNothingAndActsNoMore() {
        var runLease = turn();
        var zombie = new RunExecution(
                runs.load(runLease).orElseThrow(),
                new StepHistory(0, services.journal().lines(TENANT, id)),
                services);
        takenAway();

        assertThat(runs.load(runLease)).isEmpty();
        var text = TaskTree.calls(zombie.run().definition().tasks())
                .filter(task -> task.name().equals("text"))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> zombie.call(call(text))).isInstanceOf(LeaseLost.class);
        assertThatThrownBy(() -> zombie.began(new StepId("/do/9/x", "x", 0))).isInstanceOf(LeaseLost.class);
        zombie.computed(new StepId("/do/8/y", "y", 0), Json.object());
        assertThatThrownBy(() -> zombie.inTurn(zombie::flush)).isInstanceOf(LeaseLost.class);
        assertThat(scene.texts()).isZero();
        assertThat(FlowFixture.steps(FlowFixture.until(id, "paused"), 0))
                .containsExactly("contact completed", "later waiting");
    }

    @Test
    void aRunThatIsOursWithoutOurKnowingIsFoundAndWalked() {
        overIsTheWait();
        update(
                "status = 'running', owner_node = :node, owner_epoch = :epoch, wake_at = NULL, turn = turn + 1",
                node.nodeId(),
                node.epoch());

        FlowFixture.until(id, "completed");
        assertThat(scene.texts()).isEqualTo(1);
    }

    @Test
    void aRunThatCannotBeReadWaitsForAPerson() {
        String flow = scene.flowId();
        tenancy.inTenant(TENANT, () -> jdbc.sql("""
                        INSERT INTO patchbay.flow_version (tenant_id, flow_id, version, state, source, digest)
                        VALUES ('tnt_demo', :flow, '9.0.0', 'retired', 'nonsense', '')""").param("flow", flow).update());
        update("version = '9.0.0', wake_at = clock_timestamp()", "", 0);

        var run = FlowFixture.until(id, "parked");

        assertThat(run.at("/cause/code").asString()).isEqualTo("bug");
        assertThat(run.at("/cause/sentence").asString()).contains("cannot be read");
    }

    private TaskExecutor.Call call(Task.CallTask task) {
        var step = new StepId(task.header().pointer(), task.name(), 0);
        var input = Json.object().put("to", scene.phone()).put("text", "hello");
        return new TaskExecutor.Call(task, step, input, Optional.empty(), Deadline.NONE);
    }

    private RunLease turn() {
        long number = update("""
                status = 'running', owner_node = :node, owner_epoch = :epoch, wake_at = NULL, turn = turn + 1""", node.nodeId(), node.epoch());
        return new RunLease(TENANT, id, number);
    }

    private void ownedByPeer(long epoch) {
        update("status = 'running', owner_node = :node, owner_epoch = :epoch, wake_at = NULL", peer, epoch);
    }

    private void takenAway() {
        update("status = 'paused', owner_node = NULL, owner_epoch = NULL, turn = turn + 1", "", 0);
    }

    private long update(String assignments, String owner, long epoch) {
        return tenancy.inTenant(
                TENANT,
                () -> jdbc.sql("UPDATE patchbay.run SET " + assignments
                                + " WHERE tenant_id = 'tnt_demo' AND run_id = :run RETURNING turn")
                        .param("node", owner)
                        .param("epoch", epoch)
                        .param("run", id)
                        .query(Long.class)
                        .single());
    }

    private void lease(String length) {
        tenancy.throughDoor(
                () -> jdbc.sql("""
                        INSERT INTO patchbay.node (node_id, epoch, lease_until)
                        VALUES (:node, 1, clock_timestamp() + :length::interval)
                        ON CONFLICT (node_id) DO UPDATE SET lease_until = excluded.lease_until""").param("node", peer).param("length", length).update());
    }

    private void overIsTheWait() {
        tenancy.inTenant(
                TENANT,
                () -> jdbc.sql(
                                "UPDATE patchbay.step SET due_at = clock_timestamp() WHERE tenant_id = 'tnt_demo' AND run_id = :run AND due_at IS NOT NULL")
                        .param("run", id)
                        .update());
    }

    private List<String> claim() {
        return tenancy.throughDoor(() -> jdbc.sql("SELECT run_id FROM patchbay.claim_runs(:node, :epoch, 100)")
                .param("node", node.nodeId())
                .param("epoch", node.epoch())
                .query(String.class)
                .list());
    }
}
