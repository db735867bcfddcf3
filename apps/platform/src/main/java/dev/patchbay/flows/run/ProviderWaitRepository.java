package dev.patchbay.flows.run;

import dev.patchbay.connections.Outage;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.Timestamp;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The runs that wait until the provider behind a connection answers again, and those that its outage has parked. */
@Repository
class ProviderWaitRepository {

    private final JdbcClient jdbc;
    private final Tenancy tenancy;

    ProviderWaitRepository(JdbcClient jdbc, Tenancy tenancy) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
    }

    /** @param runs how many wait for the connection */
    record ProviderWait(TenantId tenant, ConnectionId connectionId, int runs) {}

    /** Waits of all tenants. */
    List<ProviderWait> findAll() {
        return tenancy.throughDefinerFunction(() -> jdbc.sql("SELECT * FROM patchbay.count_runs_that_wait()")
                .query((row, number) -> new ProviderWait(
                        new TenantId(row.getString("tenant_id")),
                        new ConnectionId(row.getString("connection_id")),
                        row.getInt("runs")))
                .list());
    }

    /** Lets that many runs continue now, clients in turn and the oldest run of each first; returns how many there were. */
    int wake(TenantId tenant, ConnectionId connectionId, int limit) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        WITH waiting AS (
                          SELECT run_id, row_number() OVER (PARTITION BY client_id ORDER BY started_at, run_id) AS turn, started_at
                          FROM patchbay.run WHERE tenant_id = :tenant AND status = 'waiting' AND waits_for = :connection),
                        next AS MATERIALIZED (
                          SELECT r.run_id FROM patchbay.run r JOIN waiting USING (run_id)
                          WHERE r.tenant_id = :tenant AND r.status = 'waiting' AND r.waits_for = :connection
                          ORDER BY waiting.turn, waiting.started_at LIMIT :limit FOR UPDATE OF r SKIP LOCKED)
                        UPDATE patchbay.run r SET wake_at = clock_timestamp(), absent_from = clock_timestamp(), waits_for = NULL
                        FROM next WHERE r.tenant_id = :tenant AND r.run_id = next.run_id""")
                        .param("tenant", tenant.value())
                        .param("connection", connectionId.value())
                        .param("limit", limit)
                        .update());
    }

    /** Runs that were parked because the provider did not answer, since the outage began, and that it has not replayed yet. */
    List<RunId> findParked(Outage outage, int limit) {
        return tenancy.inTenant(
                outage.tenant(),
                () -> jdbc.sql("""
                        SELECT r.run_id FROM patchbay.run r
                        WHERE r.tenant_id = :tenant AND r.status = 'parked' AND r.cause_code = 'provider_down'
                          AND r.output->>'connection' = :connection AND r.ended_at >= :began AND r.erased_at IS NULL AND r.ending IS NULL
                          AND NOT EXISTS (SELECT FROM patchbay.run_pass p
                                          WHERE p.tenant_id = r.tenant_id AND p.run_id = r.run_id AND p.heals = :began)
                        ORDER BY r.ended_at LIMIT :limit""")
                        .param("tenant", outage.tenant().value())
                        .param("connection", outage.connectionId().value())
                        .param("began", Timestamp.from(outage.beganAt()))
                        .param("limit", limit)
                        .query((row, number) -> new RunId(row.getString("run_id")))
                        .list());
    }
}
