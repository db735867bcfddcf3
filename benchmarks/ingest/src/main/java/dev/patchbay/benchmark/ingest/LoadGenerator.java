package dev.patchbay.benchmark.ingest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends what a {@link LoadPlan} says, on one thread: it shares the machine with what it measures and has to cost little.
 * Arrivals by the clock are due at fixed times, and their latency counts from then (no coordinated omission).
 */
final class LoadGenerator {

    private static final long RECONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Short beside a run, and seldom enough to cost the database little. */
    private static final long FOLLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final int RECENT = 256;
    /** Without a common divisor: every recent id has its turn. */
    private static final long STRIDE = 7_919;

    private final LoadPlan loadPlan;
    private final List<RetellWebhook> webhooks;
    private final InetSocketAddress server;
    private final Consumer<String> say;
    private final Optional<EndedRunQuery> endings;

    private final ArrayDeque<LoadConnection> idle = new ArrayDeque<>();
    private final List<LoadConnection> open = new ArrayList<>();
    private final ArrayDeque<PendingRequest> again = new ArrayDeque<>();
    private final PendingRequest[] recent = new PendingRequest[RECENT];
    private final Map<String, LoadConnection> following = new HashMap<>();
    private long sent;
    private long ids;
    private long nextConnect;
    private long nextLook;
    private long nextFollow;

    /**
     * @param webhooks taken in turn
     * @param say hears {@code open} and {@code closed} when measuring begins and ends
     * @param endings where given, a connection is free again when the run of what it told has ended, not when it has
     *     its answer: a closed loop of runs
     */
    LoadGenerator(LoadPlan loadPlan, List<RetellWebhook> webhooks, InetSocketAddress server, Consumer<String> say, Optional<EndedRunQuery> endings) {
        this.loadPlan = loadPlan;
        this.webhooks = webhooks;
        this.server = server;
        this.say = say;
        this.endings = endings;
    }

    /** Returns the figures when all are answered or have been waited for long enough. */
    LoadStatistics.Summary run() throws IOException {
        long begin = System.nanoTime();
        long opens = begin + loadPlan.leadIn().toNanos();
        long closes = opens + loadPlan.time().toNanos();
        var loadStatistics = new LoadStatistics(opens, closes);
        int said = 0;
        try (var selector = Selector.open();
                var responseLog = new ResponseLog(loadPlan.answers())) {
            for (long now = begin; now < closes || busy(now, closes); now = System.nanoTime()) {
                said = mark(said, now >= closes ? 2 : now >= opens ? 1 : 0);
                closes = Math.min(closes, stopped(now) ? now : closes);
                connect(selector, now);
                issue(begin, closes, now, responseLog, loadStatistics);
                selector.select(1);
                for (var key : selector.selectedKeys()) {
                    proceed((LoadConnection) key.attachment(), responseLog, loadStatistics);
                }
                selector.selectedKeys().clear();
                follow();
            }
            mark(said, 2);
            for (var loadConnection : open) {
                if (loadConnection.told().isPresent()) {
                    lost(loadConnection, responseLog, loadStatistics);
                }
                loadConnection.close();
            }
        }
        return loadStatistics.summary();
    }

    private int mark(int said, int reached) {
        for (int next = said; next < reached; next++) {
            say.accept(next == 0 ? "open" : "closed");
        }
        return reached;
    }

    private boolean stopped(long now) {
        if (now < nextLook) {
            return false;
        }
        nextLook = now + LOOK_NANOS;
        return Files.exists(loadPlan.stop());
    }

    private boolean busy(long now, long closes) {
        return (idle.size() < open.size() || !again.isEmpty())
                && now < closes + loadPlan.grace().toNanos();
    }

    /** As many connections as planned; while nobody listens, one try every now and then. */
    private void connect(Selector selector, long now) {
        while (open.size() < loadPlan.connections() && now >= nextConnect) {
            try {
                var loadConnection =
                        new LoadConnection(server, selector, webhooks.getFirst().length());
                open.add(loadConnection);
                idle.add(loadConnection);
            } catch (IOException nobodyThere) {
                nextConnect = now + RECONNECT_NANOS;
            }
        }
    }

    private void issue(long begin, long closes, long now, ResponseLog responseLog, LoadStatistics loadStatistics) throws IOException {
        while (!idle.isEmpty()) {
            PendingRequest pendingRequest;
            if (!again.isEmpty() && again.peek().intendedAt() <= now) {
                pendingRequest = again.remove();
            } else if (now < closes && sent < loadPlan.most() && due(begin) <= now) {
                pendingRequest = next(loadPlan.byTheClock() ? due(begin) : now);
                sent++;
            } else {
                return;
            }
            tell(idle.remove(), pendingRequest, responseLog, loadStatistics);
        }
    }

    private long due(long begin) {
        return loadPlan.byTheClock() ? begin + sent * TimeUnit.SECONDS.toNanos(1) / loadPlan.perSecond() : begin;
    }

    /** A new id, or one of the last ones again: that one may still be on its way. */
    private PendingRequest next(long intendedAt) {
        if (ids >= RECENT && sent % 100 < loadPlan.duplicates()) {
            PendingRequest before = recent[(int) (sent * STRIDE % RECENT)];
            return new PendingRequest(before.id(), before.number(), intendedAt, loadPlan.retries());
        }
        String digits = Long.toString(ids);
        String id = loadPlan.prefix() + "0".repeat(RetellWebhook.ID_LENGTH - loadPlan.prefix().length() - digits.length()) + digits;
        var pendingRequest = new PendingRequest(id, ids, intendedAt, 0);
        recent[(int) (ids % RECENT)] = pendingRequest;
        ids++;
        return pendingRequest;
    }

    private void tell(LoadConnection loadConnection, PendingRequest pendingRequest, ResponseLog responseLog, LoadStatistics loadStatistics) throws IOException {
        try {
            var retellWebhook = webhooks.get((int) (pendingRequest.number() % webhooks.size()));
            loadConnection.tell(pendingRequest, retellWebhook, System.currentTimeMillis());
        } catch (IOException gone) {
            lost(loadConnection, responseLog, loadStatistics);
            drop(loadConnection);
        }
    }

    private void proceed(LoadConnection loadConnection, ResponseLog responseLog, LoadStatistics loadStatistics) throws IOException {
        try {
            var told = loadConnection.told();
            var answer = loadConnection.proceed();
            if (answer.isEmpty()) {
                return;
            }
            long now = System.nanoTime();
            loadStatistics.count(told.orElseThrow(), answer.get().status(), now);
            responseLog.answered(told.orElseThrow(), answer.get());
            if (answer.get().status() == 429 || answer.get().status() >= 500) {
                retry(told.orElseThrow(), now + RETRY_NANOS);
            }
            if (answer.get().status() == 202 && endings.isPresent()) {
                following.put(answer.get().eventId(), loadConnection);
            } else {
                free(loadConnection);
            }
        } catch (IOException gone) {
            lost(loadConnection, responseLog, loadStatistics);
            drop(loadConnection);
        }
    }

    private void free(LoadConnection loadConnection) throws IOException {
        if (loadConnection.last()) {
            drop(loadConnection);
        } else {
            idle.add(loadConnection);
        }
    }

    /** Frees the connections whose runs have ended. */
    private void follow() throws IOException {
        long now = System.nanoTime();
        if (following.isEmpty() || now < nextFollow) {
            return;
        }
        nextFollow = now + FOLLOW_NANOS;
        for (String event : endings.orElseThrow().among(following.keySet())) {
            free(Objects.requireNonNull(following.remove(event)));
        }
    }

    private void lost(LoadConnection loadConnection, ResponseLog responseLog, LoadStatistics loadStatistics) throws IOException {
        if (loadConnection.told().isEmpty()) {
            return;
        }
        PendingRequest pendingRequest = loadConnection.told().get();
        loadStatistics.count(pendingRequest, 0, System.nanoTime());
        responseLog.unanswered(pendingRequest);
        retry(pendingRequest, System.nanoTime());
    }

    private void retry(PendingRequest pendingRequest, long at) {
        if (pendingRequest.attempt() < loadPlan.retries() && pendingRequest.number() % 2 == 0) {
            again.add(new PendingRequest(pendingRequest.id(), pendingRequest.number(), at, pendingRequest.attempt() + 1));
        }
    }

    private void drop(LoadConnection loadConnection) throws IOException {
        loadConnection.close();
        open.remove(loadConnection);
        idle.remove(loadConnection);
    }
}
