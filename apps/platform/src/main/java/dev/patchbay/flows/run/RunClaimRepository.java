package dev.patchbay.flows.run;

import dev.patchbay.effects.NodeLease;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Claims runs of all tenants for this process. Only the database's clock decides which runs are due and which processes are dead. */
@Repository
class RunClaimRepository {

    private final JdbcClient jdbc;
    private final Tenancy tenancy;
    private final NodeLease node;

    RunClaimRepository(JdbcClient jdbc, Tenancy tenancy, NodeLease node) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.node = node;
    }

    /**
     * Claims runs that are due, and runs whose process is dead, in turns between tenants and then between clients.
     *
     * @param maxPerTenant runs of one tenant that this process may have claimed at the same time
     */
    List<RunLease> claimDue(int limit, int maxPerTenant) {
        return tenancy.throughDefinerFunction(
                () -> jdbc.sql("SELECT * FROM patchbay.claim_runs(:node, :epoch, :limit, :maxPerTenant)")
                        .param("node", node.nodeId())
                        .param("epoch", node.epoch())
                        .param("limit", limit)
                        .param("maxPerTenant", maxPerTenant)
                        .query(RunClaimRepository::lease)
                        .list());
    }

    /** Runs that this process has claimed already. */
    List<RunLease> findClaimed() {
        return tenancy.throughDefinerFunction(() -> jdbc.sql("SELECT * FROM patchbay.find_claimed_runs(:node, :epoch)")
                .param("node", node.nodeId())
                .param("epoch", node.epoch())
                .query(RunClaimRepository::lease)
                .list());
    }

    private static RunLease lease(ResultSet row, int number) throws SQLException {
        return new RunLease(
                new TenantId(row.getString("tenant_id")),
                new RunId(row.getString("run_id")),
                row.getLong("fencing_token"));
    }
}
