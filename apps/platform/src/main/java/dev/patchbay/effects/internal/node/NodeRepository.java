package dev.patchbay.effects.internal.node;

import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The leases of nodes. Has a connection of its own, so that a full pool never costs a lease. */
@Repository
class NodeRepository {

    private final JdbcClient jdbc;

    NodeRepository(@Qualifier("leasePool") DataSource pool) {
        this.jdbc = JdbcClient.create(pool);
    }

    /** Takes a lease with a new epoch, which it returns. */
    long acquire(String nodeId, Duration lease) {
        return jdbc.sql("""
                        INSERT INTO patchbay.node (node_id, epoch, lease_until)
                        VALUES (:node, nextval('patchbay.node_epoch'), clock_timestamp() + :lease * interval '1 ms')
                        ON CONFLICT (node_id) DO UPDATE
                          SET epoch = nextval('patchbay.node_epoch'), lease_until = excluded.lease_until
                        RETURNING epoch""")
                .param("node", nodeId)
                .param("lease", lease.toMillis())
                .query(Long.class)
                .single();
    }

    /** False when the lease has lapsed, or the epoch is another one's. */
    boolean renew(String nodeId, long epoch, Duration lease) {
        return jdbc.sql("""
                        UPDATE patchbay.node SET lease_until = clock_timestamp() + :lease * interval '1 ms'
                        WHERE node_id = :node AND epoch = :epoch AND lease_until > clock_timestamp()""")
                        .param("lease", lease.toMillis())
                        .param("node", nodeId)
                        .param("epoch", epoch)
                        .update()
                == 1;
    }

    void release(String nodeId, long epoch) {
        jdbc.sql("UPDATE patchbay.node SET lease_until = '-infinity' WHERE node_id = :node AND epoch = :epoch")
                .param("node", nodeId)
                .param("epoch", epoch)
                .update();
    }
}
