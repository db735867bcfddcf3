package dev.patchbay.effects.internal.node;

import dev.patchbay.effects.NodeLease;
import dev.patchbay.effects.NodeSettings;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * This process's right to act: a lease with an epoch that is never reused. A process that let it lapse is dead to the
 * others and takes a new epoch before it acts again; what it had claimed under the old one it has lost.
 */
@Component
class NodeHeartbeat implements NodeLease, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(NodeHeartbeat.class);

    private final JdbcClient jdbc;
    private final NodeSettings node;
    private final NodeIdentity name;
    private final ExecutorService heart = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("node-lease").daemon().factory());
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile long epoch;
    private volatile boolean running;

    NodeHeartbeat(@Qualifier("leasePool") DataSource pool, NodeSettings node, NodeIdentity name) {
        this.jdbc = JdbcClient.create(pool);
        this.node = node;
        this.name = name;
    }

    @Override
    public String nodeId() {
        return name.text();
    }

    @Override
    public long epoch() {
        return epoch;
    }

    /** Renews, or takes a new epoch when the lease has lapsed. */
    void renew() {
        if (epoch == 0 || !renewed()) {
            acquire();
        }
    }

    private boolean renewed() {
        return jdbc.sql("""
                        UPDATE patchbay.node SET lease_until = clock_timestamp() + :ttl * interval '1 ms'
                        WHERE node_id = :node AND epoch = :epoch AND lease_until > clock_timestamp()""")
                        .param("ttl", node.lease().toMillis())
                        .param("node", name.text())
                        .param("epoch", epoch)
                        .update()
                == 1;
    }

    private void acquire() {
        epoch = jdbc.sql("""
                        INSERT INTO patchbay.node (node_id, epoch, lease_until)
                        VALUES (:node, nextval('patchbay.node_epoch'), clock_timestamp() + :ttl * interval '1 ms')
                        ON CONFLICT (node_id) DO UPDATE
                          SET epoch = nextval('patchbay.node_epoch'), lease_until = excluded.lease_until
                        RETURNING epoch""")
                .param("node", name.text())
                .param("ttl", node.lease().toMillis())
                .query(Long.class)
                .single();
        LOG.info("node {} acts under epoch {}", name.text(), epoch);
    }

    private void beatEvery(long milliseconds) {
        try {
            while (!stopping.await(milliseconds, TimeUnit.MILLISECONDS)) {
                beat();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        try {
            renew();
        } catch (RuntimeException | Error unreachable) {
            LOG.warn("the node lease could not be renewed; nothing is sent until it is", unreachable);
        }
    }

    @Override
    public void start() {
        renew();
        long every = node.lease().toMillis() / 4;
        heart.execute(() -> beatEvery(every));
        running = true;
    }

    @Override
    public void stop() {
        stopping.countDown();
        heart.shutdown();
        running = false;
        giveUp();
    }

    /** Peers need not wait for the lease to lapse. */
    private void giveUp() {
        try {
            jdbc.sql("UPDATE patchbay.node SET lease_until = '-infinity' WHERE node_id = :node AND epoch = :epoch")
                    .param("node", name.text())
                    .param("epoch", epoch)
                    .update();
        } catch (RuntimeException unreachable) {
            LOG.debug("the lease was not given up; it lapses by itself", unreachable);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 50;
    }
}
