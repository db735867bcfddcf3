package dev.patchbay.effects.internal.node;

import dev.patchbay.kernel.database.Tenancy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lets this process's lease lapse, as if a peer had evicted it, and renews it. */
@Component
public class NodeLeaseFixture {

    private final NodeHeartbeat heartbeat;
    private final Tenancy tenancy;
    private final JdbcClient jdbc;

    NodeLeaseFixture(NodeHeartbeat heartbeat, Tenancy tenancy, JdbcClient jdbc) {
        this.heartbeat = heartbeat;
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    public void evict() {
        tenancy.throughDoor(
                () -> jdbc.sql("""
                        UPDATE patchbay.node SET lease_until = '-infinity', epoch = nextval('patchbay.node_epoch')
                        WHERE node_id = :node""").param("node", heartbeat.nodeId()).update());
    }

    public void renew() {
        heartbeat.renew();
    }

    public long epoch() {
        return heartbeat.epoch();
    }
}
