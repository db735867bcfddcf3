package dev.patchbay.flows.internal.engine;

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

    private final RunClaims claims;
    private final NodeSettings node;
    private final ObjectProvider<RunBody> body;
    private final boolean here;
    private final Set<String> walking = ConcurrentHashMap.newKeySet();
    private volatile Set<Turn> suspects = Set.of();
    private final ExecutorService walkers = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService watch = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("run-watch").daemon().factory());
    private volatile boolean running;

    /** What a run does; begun again from its first line whenever it is taken, with the journal of what was done. */
    public interface RunBody {
        /** @return how long until it is worth taking again, where that is soon; zero when this turn is over for good */
        Duration walk(Turn turn);
    }

    RunExecutor(RunClaims claims, NodeSettings node, Settings settings, ObjectProvider<RunBody> body) {
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
        return walking.size();
    }

    /** Walks a run that is this process's, unless it does already. */
    public void walk(Turn turn) {
        if (walking.add(name(turn))) {
            begin(turn);
        }
    }

    private static String name(Turn turn) {
        return turn.runId() + "#" + turn.number();
    }

    private void begin(Turn turn) {
        try {
            walkers.execute(() -> carry(turn));
        } catch (RejectedExecutionException stopping) {
            walking.remove(name(turn));
        }
    }

    private void carry(Turn turn) {
        Duration again;
        try {
            again = body.getObject().walk(turn);
        } catch (RuntimeException | Error databaseAway) {
            LOG.warn("{} goes on in {}", turn.runId(), node.retryDelay(), databaseAway);
            goOnLater(turn);
            return;
        }
        walking.remove(name(turn));
        if (again.isPositive() && again.compareTo(node.look()) < 0) {
            lookIn(again);
        }
    }

    /** The run stays this process's while its lease lasts, so this process has to come back to it. */
    private void goOnLater(Turn turn) {
        var next = new Turn(turn.tenant(), turn.runId(), turn.number());
        if (running) {
            later(() -> begin(next), node.retryDelay());
        } else {
            walking.remove(name(turn));
        }
    }

    /** Somebody woke a run: look for it now. */
    public void lookSoon() {
        if (isHere()) {
            lookIn(Duration.ZERO);
        }
    }

    private void lookIn(Duration wait) {
        if (running) {
            later(this::look, wait);
        }
    }

    private void later(Runnable work, Duration wait) {
        CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, watch)
                .execute(work);
    }

    private void rounds() {
        round();
        if (running) {
            later(this::rounds, node.look());
        }
    }

    private void look() {
        try {
            int room = node.mostRuns() - active();
            if (running && room > 0) {
                claims.take(room).forEach(this::walk);
            }
        } catch (RuntimeException | Error databaseAway) {
            LOG.warn("no runs could be taken; again in {}", node.look(), databaseAway);
        }
    }

    private void round() {
        look();
        try {
            reconcile();
            claims.expireEffects();
        } catch (RuntimeException | Error databaseAway) {
            LOG.warn("what was left lying is looked for again in {}", node.look(), databaseAway);
        }
    }

    /**
     * A run may be this process's without its knowing: the answer to a claim, or to a start, was lost after the database had
     * committed it. Only what is not walked on two looks in a row is such a one.
     */
    private void reconcile() {
        var forgotten = claims.mine().stream()
                .filter(turn -> !walking.contains(name(turn)))
                .collect(Collectors.toSet());
        forgotten.stream().filter(suspects::contains).forEach(this::walk);
        suspects = forgotten;
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
