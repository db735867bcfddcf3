package dev.patchbay.effects.internal.node;

import dev.patchbay.effects.NodeLease;
import dev.patchbay.effects.NodeSettings;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps this process's lease alive. A process whose lease lapsed counts as dead: its peers take over what it had claimed, and
 * it takes a new epoch before it sends anything again.
 */
@Component
class NodeHeartbeat implements NodeLease, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(NodeHeartbeat.class);
    private static final int RENEWALS_PER_LEASE = 4;

    private final NodeRepository nodes;
    private final NodeSettings settings;
    private final NodeIdentity identity;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("node-lease").daemon().factory());
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile long epoch;
    private volatile boolean running;

    NodeHeartbeat(NodeRepository nodes, NodeSettings settings, NodeIdentity identity) {
        this.nodes = nodes;
        this.settings = settings;
        this.identity = identity;
    }

    @Override
    public String nodeId() {
        return identity.nodeId();
    }

    @Override
    public long epoch() {
        return epoch;
    }

    /** Renews the lease, or takes one with a new epoch when it has lapsed. */
    void renew() {
        if (epoch == 0 || !nodes.renew(nodeId(), epoch, settings.lease())) {
            epoch = nodes.acquire(nodeId(), settings.lease());
            LOG.info("node {}: acquired a lease of {} with epoch {}", nodeId(), settings.lease(), epoch);
        }
    }

    private void renewEvery(long milliseconds) {
        try {
            while (!stopping.await(milliseconds, TimeUnit.MILLISECONDS)) {
                tryToRenew();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void tryToRenew() {
        try {
            renew();
        } catch (RuntimeException | Error unreachable) {
            LOG.warn("node {}: the lease was not renewed; nothing is sent until it is", nodeId(), unreachable);
        }
    }

    @Override
    public void start() {
        renew();
        long interval = settings.lease().toMillis() / RENEWALS_PER_LEASE;
        executor.execute(() -> renewEvery(interval));
        running = true;
    }

    @Override
    public void stop() {
        stopping.countDown();
        executor.shutdown();
        running = false;
        release();
    }

    /** Spares peers the wait for the lease to lapse. */
    private void release() {
        try {
            nodes.release(nodeId(), epoch);
        } catch (RuntimeException unreachable) {
            LOG.debug("node {}: the lease was not released; it lapses in {}", nodeId(), settings.lease(), unreachable);
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
