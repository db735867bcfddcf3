package dev.patchbay.insights.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.iam.PeopleFixture;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Calls are written from marks, a batch at a time. */
@PatchbayTest
class CallProjectionJobTests {

    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
    private static final String ANALYZED = "voice.call.analyzed";

    @Autowired
    private PeopleFixture people;

    @Autowired
    private CallFactsFixture facts;

    @Autowired
    private CallProjectionJob job;

    @Autowired
    private CallMarkRepository marks;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private TenantId tenant = new TenantId("tnt_unset");
    private ClientId client = new ClientId("cli_unset");

    @BeforeEach
    void createTenant() {
        tenant = people.createTenant();
        client = people.createClient(tenant, "North");
    }

    private void mark(String conversation) {
        tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        INSERT INTO patchbay.call_mark (tenant_id, correlation_id) VALUES (:tenant, :conversation)""")
                        .param("tenant", tenant.value())
                        .param("conversation", conversation)
                        .update());
    }

    private List<String> dueConversations() {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        SELECT correlation_id FROM patchbay.call_mark WHERE tenant_id = :tenant
                          AND due_at <= clock_timestamp()""")
                        .param("tenant", tenant.value())
                        .query(String.class)
                        .list());
    }

    @Test
    void aConversationThatCannotBeWrittenDelaysNoOther() {
        mark("not an id");
        facts.store(tenant, client, "call_1", ANALYZED, "{}", NOW);
        assertThat(facts.dump(tenant)).isEmpty();

        facts.writeCalls(tenant);

        assertThat(facts.dump(tenant)).anyMatch(row -> row.contains("call_1"));
        assertThat(dueConversations()).isEmpty();
        assertThat(tenancy.inTenant(
                        tenant,
                        () -> jdbc.sql("""
                        SELECT count(*) FROM patchbay.call_mark WHERE tenant_id = :tenant
                          AND due_at > clock_timestamp()""")
                                .param("tenant", tenant.value())
                                .query(Integer.class)
                                .single()))
                .isEqualTo(1);
    }

    @Test
    void aTenantThatIsLockedIsLeftToTheNextRun() throws InterruptedException {
        var locked = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        Thread holder = Thread.ofVirtual()
                .start(() -> tenancy.inTenant(tenant, () -> {
                    marks.lock(tenant);
                    locked.countDown();
                    awaitQuietly(release);
                }));
        locked.await();
        facts.store(tenant, client, "call_1", ANALYZED, "{}", NOW);

        job.runOnce();

        assertThat(facts.dump(tenant)).isEmpty();
        assertThat(dueConversations()).hasSize(1);
        release.countDown();
        holder.join();
        facts.writeCalls(tenant);
        assertThat(facts.dump(tenant)).anyMatch(row -> row.contains("call_1"));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aBacklogOfSeveralBatchesIsWritten() {
        for (int call = 0; call < 2 * CallProjectionJob.BATCH_SIZE + 1; call++) {
            facts.store(tenant, client, "call_" + call, ANALYZED, "{}", NOW.plusSeconds(call));
        }

        facts.writeCalls(tenant);

        assertThat(facts.sumsOfDays(tenant))
                .isEqualTo(facts.sumsOfCalls(tenant))
                .hasSize(1);
    }
}
