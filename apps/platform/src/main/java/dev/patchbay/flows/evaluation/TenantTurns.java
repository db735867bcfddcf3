package dev.patchbay.flows.evaluation;

import dev.patchbay.kernel.TenantId;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands out permits to compute: first to the tenant whose last turn was longest ago, however much work other tenants have
 * waiting. Work that has started keeps its thread while it is paused, so a tenant may have only some of it started.
 */
final class TenantTurns {

    /** Limits the started work of all tenants together; each started piece of work is a thread. */
    private static final int MAX_STARTED = 64;

    private static final int MAX_STARTED_BY_TENANT = 4;

    private static final int MAX_REMEMBERED_TENANTS = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    /** Holds the tenants that have work. */
    private final Map<TenantId, Lane> lanes = new HashMap<>();
    /** Holds the number of each tenant's last turn, which is kept even while the tenant has no work. */
    private final LinkedHashMap<TenantId, Long> lastTurns = new LinkedHashMap<>();

    private long turns;

    private int permits;
    private int started;

    TenantTurns(int permits) {
        this.permits = permits;
    }

    /** Holds the work of one tenant. Paused work goes before new work. */
    private static final class Lane {
        private final ArrayDeque<Runnable> paused = new ArrayDeque<>();
        private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
        private int started;

        private boolean isIdle() {
            return started == 0 && waiting.isEmpty();
        }

        private boolean hasWork(boolean startsAny) {
            return !paused.isEmpty() || (startsAny && !waiting.isEmpty() && started < MAX_STARTED_BY_TENANT);
        }
    }

    /** Begins the work at the tenant's turn. The work must call {@link #end} when it ends. */
    void submit(TenantId tenant, Runnable begin) {
        locked(() -> {
            lanes.computeIfAbsent(tenant, first -> new Lane()).waiting.add(begin);
            handOut();
        });
    }

    /** Withdraws work that still waits; returns false when it has started. */
    boolean withdraw(TenantId tenant, Runnable begin) {
        lock.lock();
        try {
            Lane lane = lanes.get(tenant);
            if (lane == null || !lane.waiting.remove(begin)) {
                return false;
            }
            if (lane.isIdle()) {
                lanes.remove(tenant);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back the permit of work that has started, and takes it again at the tenant's next turn. */
    void pause(TenantId tenant) {
        var turn = new CountDownLatch(1);
        locked(() -> {
            laneOf(tenant).paused.add(turn::countDown);
            permits++;
            handOut();
        });
        awaitUninterruptibly(turn);
    }

    /**
     * Waits without reacting to interrupts: the permit is certain to come, and work that continued without one would count
     * twice.
     */
    private static void awaitUninterruptibly(CountDownLatch turn) {
        boolean interrupted = false;
        while (turn.getCount() > 0) {
            try {
                turn.await();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void end(TenantId tenant) {
        locked(() -> {
            Lane lane = laneOf(tenant);
            lane.started--;
            started--;
            permits++;
            if (lane.isIdle()) {
                lanes.remove(tenant);
            }
            handOut();
        });
    }

    private Lane laneOf(TenantId tenant) {
        return Optional.ofNullable(lanes.get(tenant)).orElseThrow();
    }

    private void handOut() {
        while (permits > 0) {
            var next = takeNext();
            if (next.isEmpty()) {
                return;
            }
            permits--;
            next.get().run();
        }
    }

    private Optional<Runnable> takeNext() {
        return lanes.entrySet().stream()
                .filter(entry -> entry.getValue().hasWork(started < MAX_STARTED))
                .min(Comparator.comparingLong(entry -> lastTurns.getOrDefault(entry.getKey(), 0L)))
                .map(entry -> {
                    rememberTurn(entry.getKey());
                    return takeFrom(entry.getValue());
                });
    }

    private void rememberTurn(TenantId tenant) {
        turns++;
        lastTurns.putLast(tenant, turns);
        if (lastTurns.size() > MAX_REMEMBERED_TENANTS) {
            lastTurns.pollFirstEntry();
        }
    }

    private Runnable takeFrom(Lane lane) {
        if (!lane.paused.isEmpty()) {
            return lane.paused.remove();
        }
        lane.started++;
        started++;
        return lane.waiting.remove();
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }
}
