package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.NodeLease;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Takes runs, of whatever tenant, for this process. Only the database's clock decides whose time has come and who is dead. */
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

    /** Runs that are due, and runs whose process is dead; they are this process's now. */
    List<RunLease> take(int most) {
        return tenancy.throughDoor(() -> jdbc.sql("SELECT * FROM patchbay.claim_runs(:node, :epoch, :most)")
                .param("node", node.nodeId())
                .param("epoch", node.epoch())
                .param("most", most)
                .query(RunClaimRepository::turn)
                .list());
    }

    /** Runs that are this process's already. */
    List<RunLease> mine() {
        return tenancy.throughDoor(() -> jdbc.sql("SELECT * FROM patchbay.runs_of(:node, :epoch)")
                .param("node", node.nodeId())
                .param("epoch", node.epoch())
                .query(RunClaimRepository::turn)
                .list());
    }

    private static RunLease turn(ResultSet row, int number) throws SQLException {
        return new RunLease(new TenantId(row.getString("tenant_id")), row.getString("run_id"), row.getLong("turn"));
    }
}
