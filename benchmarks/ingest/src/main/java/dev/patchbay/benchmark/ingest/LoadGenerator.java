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
 * Generates the load of a {@link LoadPlan} on one thread, because it shares the machine with the platform that it measures. In an open
 * loop requests are due at fixed times, and their latency counts from then (no coordinated omission).
 */
final class LoadGenerator {

    private static final long RECONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STOP_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Short compared with a run, and long enough to cost the database little. */
    private static final long RUN_QUERY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final int RECENT_REQUESTS = 256;
    /** Coprime with the number of recent requests, so that each of them is repeated in turn. */
    private static final long STRIDE = 7_919;

    private final LoadPlan plan;
    private final List<RetellWebhook> webhooks;
    private final InetSocketAddress server;
    private final Consumer<String> onMark;
    private final Optional<EndedRunQuery> endedRuns;

    private final ArrayDeque<LoadConnection> idle = new ArrayDeque<>();
    private final List<LoadConnection> open = new ArrayList<>();
    private final ArrayDeque<PendingRequest> retries = new ArrayDeque<>();
    private final PendingRequest[] recentRequests = new PendingRequest[RECENT_REQUESTS];
    private final Map<String, LoadConnection> awaitingRuns = new HashMap<>();
    private long sent;
    private long nextId;
    private long nextConnectAt;
    private long nextStopCheckAt;
    private long nextRunQueryAt;

    /**
     * @param webhooks used in turn
     * @param onMark called with {@code open} and {@code closed} when measuring begins and ends
     * @param endedRuns when present, a connection sends its next request once the run of its last request has ended, not once it
     *     has the response: a closed loop of runs
     */
    LoadGenerator(
            LoadPlan plan,
            List<RetellWebhook> webhooks,
            InetSocketAddress server,
            Consumer<String> onMark,
            Optional<EndedRunQuery> endedRuns) {
        this.plan = plan;
        this.webhooks = webhooks;
        this.server = server;
        this.onMark = onMark;
        this.endedRuns = endedRuns;
    }

    /** Returns the statistics once each request has its response or the grace period has passed. */
    LoadStatistics.Summary run() throws IOException {
        long begin = System.nanoTime();
        long windowStart = begin + plan.leadIn().toNanos();
        long windowEnd = windowStart + plan.duration().toNanos();
        var statistics = new LoadStatistics(windowStart, windowEnd);
        int marks = 0;
        try (var selector = Selector.open();
                var responseLog = new ResponseLog(plan.responseFile())) {
            for (long now = begin; now < windowEnd || awaitsResponses(now, windowEnd); now = System.nanoTime()) {
                marks = reportMarks(marks, now >= windowEnd ? 2 : now >= windowStart ? 1 : 0);
                windowEnd = Math.min(windowEnd, isStopRequested(now) ? now : windowEnd);
                openConnections(selector, now);
                sendDueRequests(begin, windowEnd, now, responseLog, statistics);
                selector.select(1);
                for (var key : selector.selectedKeys()) {
                    receive((LoadConnection) key.attachment(), responseLog, statistics);
                }
                selector.selectedKeys().clear();
                releaseEndedRuns();
            }
            reportMarks(marks, 2);
            for (var connection : open) {
                if (connection.pending().isPresent()) {
                    recordNoResponse(connection, responseLog, statistics);
                }
                connection.close();
            }
        }
        return statistics.summary();
    }

    private int reportMarks(int reported, int reached) {
        for (int next = reported; next < reached; next++) {
            onMark.accept(next == 0 ? "open" : "closed");
        }
        return reached;
    }

    private boolean isStopRequested(long now) {
        if (now < nextStopCheckAt) {
            return false;
        }
        nextStopCheckAt = now + STOP_CHECK_NANOS;
        return Files.exists(plan.stopFile());
    }

    private boolean awaitsResponses(long now, long windowEnd) {
        return (idle.size() < open.size() || !retries.isEmpty())
                && now < windowEnd + plan.grace().toNanos();
    }

    /** Opens the planned connections; while the server does not listen, tries again at intervals. */
    private void openConnections(Selector selector, long now) {
        while (open.size() < plan.connections() && now >= nextConnectAt) {
            try {
                var connection =
                        new LoadConnection(server, selector, webhooks.getFirst().length());
                open.add(connection);
                idle.add(connection);
            } catch (IOException notListening) {
                nextConnectAt = now + RECONNECT_NANOS;
            }
        }
    }

    private void sendDueRequests(
            long begin, long windowEnd, long now, ResponseLog responseLog, LoadStatistics statistics)
            throws IOException {
        while (!idle.isEmpty()) {
            PendingRequest request;
            if (!retries.isEmpty() && retries.peek().intendedAt() <= now) {
                request = retries.remove();
            } else if (now < windowEnd && sent < plan.maxRequests() && dueAt(begin) <= now) {
                request = nextRequest(plan.isOpenLoop() ? dueAt(begin) : now);
                sent++;
            } else {
                return;
            }
            send(idle.remove(), request, responseLog, statistics);
        }
    }

    private long dueAt(long begin) {
        return plan.isOpenLoop() ? begin + sent * TimeUnit.SECONDS.toNanos(1) / plan.perSecond() : begin;
    }

    /** A request with a new id, or with a recent one, whose request may still be in flight. */
    private PendingRequest nextRequest(long intendedAt) {
        if (nextId >= RECENT_REQUESTS && sent % 100 < plan.duplicates()) {
            PendingRequest recent = recentRequests[(int) (sent * STRIDE % RECENT_REQUESTS)];
            return new PendingRequest(recent.id(), recent.number(), intendedAt, plan.retries());
        }
        String digits = Long.toString(nextId);
        String id = plan.prefix()
                + "0".repeat(RetellWebhook.ID_LENGTH - plan.prefix().length() - digits.length())
                + digits;
        var request = new PendingRequest(id, nextId, intendedAt, 0);
        recentRequests[(int) (nextId % RECENT_REQUESTS)] = request;
        nextId++;
        return request;
    }

    private void send(
            LoadConnection connection, PendingRequest request, ResponseLog responseLog, LoadStatistics statistics)
            throws IOException {
        try {
            var webhook = webhooks.get((int) (request.number() % webhooks.size()));
            connection.send(request, webhook, System.currentTimeMillis());
        } catch (IOException gone) {
            recordNoResponse(connection, responseLog, statistics);
            discard(connection);
        }
    }

    private void receive(LoadConnection connection, ResponseLog responseLog, LoadStatistics statistics)
            throws IOException {
        try {
            var pending = connection.pending();
            var response = connection.receive();
            if (response.isEmpty()) {
                return;
            }
            PendingRequest request = pending.orElseThrow();
            long now = System.nanoTime();
            statistics.record(request, response.get().status(), now);
            responseLog.recordResponse(request, response.get());
            if (response.get().status() == 429 || response.get().status() >= 500) {
                scheduleRetry(request, now + RETRY_NANOS);
            }
            if (response.get().status() == 202 && endedRuns.isPresent()) {
                awaitingRuns.put(response.get().eventId(), connection);
            } else {
                release(connection);
            }
        } catch (IOException gone) {
            recordNoResponse(connection, responseLog, statistics);
            discard(connection);
        }
    }

    private void release(LoadConnection connection) throws IOException {
        if (connection.isClosing()) {
            discard(connection);
        } else {
            idle.add(connection);
        }
    }

    /** Releases the connections whose runs have ended. */
    private void releaseEndedRuns() throws IOException {
        long now = System.nanoTime();
        if (awaitingRuns.isEmpty() || now < nextRunQueryAt) {
            return;
        }
        nextRunQueryAt = now + RUN_QUERY_NANOS;
        for (String event : endedRuns.orElseThrow().findEnded(awaitingRuns.keySet())) {
            release(Objects.requireNonNull(awaitingRuns.remove(event)));
        }
    }

    private void recordNoResponse(LoadConnection connection, ResponseLog responseLog, LoadStatistics statistics)
            throws IOException {
        if (connection.pending().isEmpty()) {
            return;
        }
        PendingRequest request = connection.pending().get();
        statistics.record(request, 0, System.nanoTime());
        responseLog.recordNoResponse(request);
        scheduleRetry(request, System.nanoTime());
    }

    private void scheduleRetry(PendingRequest request, long at) {
        if (request.attempt() < plan.retries() && request.number() % 2 == 0) {
            retries.add(new PendingRequest(request.id(), request.number(), at, request.attempt() + 1));
        }
    }

    private void discard(LoadConnection connection) throws IOException {
        connection.close();
        open.remove(connection);
        idle.remove(connection);
    }
}
