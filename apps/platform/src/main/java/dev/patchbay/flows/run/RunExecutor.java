package dev.patchbay.flows.run;

import dev.patchbay.effects.NodeSettings;
import dev.patchbay.kernel.Settings;
import dev.patchbay.kernel.TenantId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Executes runs, each on a virtual thread of its own: runs that start here, runs that are due, and runs whose process died. A
 * waiting run exists only in the database.
 */
@Component
class RunExecutor implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RunExecutor.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final RunClaimRepository claims;
    private final FlowRunner runner;
    private final NodeSettings node;
    private final boolean worker;
    private final Set<RunLease> executing = ConcurrentHashMap.newKeySet();
    private volatile Set<RunLease> orphanedRuns = Set.of();
    private final ExecutorService runThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService pollThread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("run-poll").daemon().factory());
    private volatile boolean running;

    RunExecutor(RunClaimRepository claims, FlowRunner runner, NodeSettings node, Settings settings) {
        this.claims = claims;
        this.runner = runner;
        this.node = node;
        this.worker = settings.roles().contains("worker");
    }

    /** Whether this process executes runs; others leave them to those that do. */
    boolean isHere() {
        return worker && running;
    }

    /**
     * Whether this process takes another new run of the tenant. The last quarter of the places is for runs that continue:
     * retries, approvals, runs of a dead process; and one tenant gets half of them all.
     */
    boolean hasRoomFor(TenantId tenant) {
        return active() < node.maxRuns() * 3 / 4
                && executing.stream()
                                .filter(lease -> lease.tenant().equals(tenant))
                                .count()
                        < Math.max(1, node.maxRuns() / 2);
    }

    /** How many runs this process executes at this moment. */
    int active() {
        return executing.size();
    }

    /** Executes a run that was stored just now, with what is known of it. */
    void start(RunContext run) {
        submit(run.lease(), () -> runner.start(run));
    }

    /** Executes a run that this process has claimed, unless it does already. */
    void submit(RunLease lease) {
        submit(lease, () -> runner.execute(lease));
    }

    private void submit(RunLease lease, Supplier<Duration> turn) {
        if (executing.add(lease)) {
            begin(lease, turn);
        }
    }

    private void begin(RunLease lease, Supplier<Duration> turn) {
        try {
            runThreads.execute(() -> runTurn(lease, turn));
        } catch (RejectedExecutionException stopping) {
            executing.remove(lease);
        }
    }

    private void runTurn(RunLease lease, Supplier<Duration> turn) {
        Duration wait;
        try {
            wait = turn.get();
        } catch (RuntimeException | Error databaseAway) {
            LOG.warn("run {}: retrying in {}", lease.runId(), node.retryDelay(), databaseAway);
            retry(lease);
            return;
        }
        executing.remove(lease);
        if (wait.isPositive() && wait.compareTo(node.pollInterval()) < 0) {
            claimDueAfter(wait);
        }
    }

    /** This process owns the run while its node lease lasts, so no other process would execute it. */
    private void retry(RunLease lease) {
        if (running) {
            schedule(() -> begin(lease, () -> runner.execute(lease)), node.retryDelay());
        } else {
            executing.remove(lease);
        }
    }

    /** A run became due: claims it now instead of at the next poll. */
    void wakeUp() {
        if (isHere()) {
            claimDueAfter(Duration.ZERO);
        }
    }

    private void claimDueAfter(Duration wait) {
        if (running) {
            schedule(this::claimDue, wait);
        }
    }

    private void schedule(Runnable work, Duration wait) {
        CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, pollThread)
                .execute(work);
    }

    private void pollRepeatedly() {
        poll();
        if (running) {
            schedule(this::pollRepeatedly, node.pollInterval());
        }
    }

    private void poll() {
        claimDue();
        try {
            resumeOrphanedRuns();
        } catch (RuntimeException | Error databaseAway) {
            LOG.warn("orphaned runs were not looked for: retrying in {}", node.pollInterval(), databaseAway);
        }
    }

    private void claimDue() {
        try {
            int limit = node.maxRuns() - active();
            if (running && limit > 0) {
                claims.claimDue(limit, Math.max(1, node.maxRuns() * 3 / 4)).forEach(this::submit);
            }
        } catch (RuntimeException | Error databaseAway) {
            LOG.warn("due runs were not claimed: retrying in {}", node.pollInterval(), databaseAway);
        }
    }

    /**
     * Finds runs that this process owns but is not executing because the reply to the claim was lost after commit. A run
     * counts as orphaned when two polls in a row miss it.
     */
    private void resumeOrphanedRuns() {
        var missed = claims.findClaimed().stream()
                .filter(lease -> !executing.contains(lease))
                .collect(Collectors.toSet());
        missed.stream().filter(orphanedRuns::contains).forEach(this::submit);
        orphanedRuns = missed;
    }

    @Override
    public boolean isAutoStartup() {
        return worker;
    }

    @Override
    public void start() {
        running = true;
        schedule(this::pollRepeatedly, Duration.ZERO);
    }

    /** Claims no more runs, and lets those under way end; other processes take over the rest when this node's lease has lapsed. */
    @Override
    public void stop() {
        running = false;
        pollThread.shutdown();
        runThreads.shutdown();
        try {
            if (!runThreads.awaitTermination(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.info("stopping with {} runs under way: other processes continue them", active());
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After everything a run needs, before the dispatcher hands out events. */
    @Override
    public int getPhase() {
        return 100;
    }
}
