package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.NodeSettings;
import dev.patchbay.kernel.Settings;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Walks runs, each on a virtual thread of its own: those that start here, those whose time has come, and those whose
 * process died. A run that waits is nowhere but in the database.
 */
@Component
public class RunExecutor implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RunExecutor.class);

    private final RunClaimRepository claims;
    private final NodeSettings node;
    private final ObjectProvider<RunBody> body;
    private final boolean here;
    private final Set<String> executing = ConcurrentHashMap.newKeySet();
    private volatile Set<RunLease> orphanedRuns = Set.of();
    private final ExecutorService walkers = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService watch = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("run-watch").daemon().factory());
    private volatile boolean running;

    /** What a run does; begun again from its first line whenever it is taken, with the journal of what was done. */
    public interface RunBody {
        /** @return how long until it is worth taking again, where that is soon; zero when this turn is over for good */
        Duration execute(RunLease runLease);
    }

    RunExecutor(RunClaimRepository claims, NodeSettings node, Settings settings, ObjectProvider<RunBody> body) {
        this.claims = claims;
        this.node = node;
        this.body = body;
        this.here = settings.roles().contains("worker");
    }

    /** Whether this process walks runs; others leave them to those that do. */
    public boolean isHere() {
        return here && running;
    }

    /** How many runs this process is walking just now. */
    public int active() {
        return executing.size();
    }

    /** Walks a run that is this process's, unless it does already. */
    public void submit(RunLease runLease) {
        if (executing.add(name(runLease))) {
            begin(runLease);
        }
    }

    private static String name(RunLease runLease) {
        return runLease.runId() + "#" + runLease.number();
    }

    private void begin(RunLease runLease) {
        try {
            walkers.execute(() -> runTurn(runLease));
        } catch (RejectedExecutionException stopping) {
            executing.remove(name(runLease));
        }
    }

    private void runTurn(RunLease runLease) {
        Duration again;
        try {
            again = body.getObject().execute(runLease);
        } catch (RuntimeException | Error databaseAway) {
            LOG.warn("{} goes on in {}", runLease.runId(), node.retryDelay(), databaseAway);
            goOnLater(runLease);
            return;
        }
        executing.remove(name(runLease));
        if (again.isPositive() && again.compareTo(node.pollInterval()) < 0) {
            lookIn(again);
        }
    }

    /** The run stays this process's while its lease lasts, so this process has to come back to it. */
    private void goOnLater(RunLease runLease) {
        var next = new RunLease(runLease.tenant(), runLease.runId(), runLease.number());
        if (running) {
            later(() -> begin(next), node.retryDelay());
        } else {
            executing.remove(name(runLease));
        }
    }

    /** Somebody woke a run: look for it now. */
    public void wakeUp() {
        if (isHere()) {
            lookIn(Duration.ZERO);
        }
    }

    private void lookIn(Duration wait) {
        if (running) {
            later(this::claimDue, wait);
        }
    }

    private void later(Runnable work, Duration wait) {
        CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, watch)
                .execute(work);
    }

    private void rounds() {
        poll();
        if (running) {
            later(this::rounds, node.pollInterval());
        }
    }

    private void claimDue() {
        try {
            int room = node.maxRuns() - active();
            if (running && room > 0) {
                claims.take(room).forEach(this::submit);
            }
        } catch (RuntimeException | Error databaseAway) {
            LOG.warn("no runs could be taken; again in {}", node.pollInterval(), databaseAway);
        }
    }

    private void poll() {
        claimDue();
        try {
            reconcile();
        } catch (RuntimeException | Error databaseAway) {
            LOG.warn("what was left lying is looked for again in {}", node.pollInterval(), databaseAway);
        }
    }

    /**
     * A run may be this process's without its knowing: the answer to a claim, or to a start, was lost after the database had
     * committed it. Only what is not walked on two looks in a row is such a one.
     */
    private void reconcile() {
        var forgotten = claims.mine().stream()
                .filter(runLease -> !executing.contains(name(runLease)))
                .collect(Collectors.toSet());
        forgotten.stream().filter(orphanedRuns::contains).forEach(this::submit);
        orphanedRuns = forgotten;
    }

    @Override
    public boolean isAutoStartup() {
        return here;
    }

    @Override
    public void start() {
        running = true;
        later(this::rounds, Duration.ZERO);
    }

    /** Takes no more; what is under way may end, and what does not is taken by others when this process's lease is over. */
    @Override
    public void stop() {
        running = false;
        watch.shutdown();
        walkers.shutdown();
        try {
            if (!walkers.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.info("{} runs are left to other processes", active());
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
