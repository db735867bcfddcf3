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
 * Sends what a {@link Plan} says, on one thread: it shares the machine with what it measures and has to cost little.
 * Arrivals by the clock are due at fixed times, and their latency counts from then (no coordinated omission).
 */
final class Load {

    private static final long RECONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Short beside a run, and seldom enough to cost the database little. */
    private static final long FOLLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final int RECENT = 256;
    /** Without a common divisor: every recent id has its turn. */
    private static final long STRIDE = 7_919;

    private final Plan plan;
    private final List<Webhook> webhooks;
    private final InetSocketAddress server;
    private final Consumer<String> say;
    private final Optional<Endings> endings;

    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private final List<Connection> open = new ArrayList<>();
    private final ArrayDeque<Told> again = new ArrayDeque<>();
    private final Told[] recent = new Told[RECENT];
    private final Map<String, Connection> following = new HashMap<>();
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
    Load(Plan plan, List<Webhook> webhooks, InetSocketAddress server, Consumer<String> say, Optional<Endings> endings) {
        this.plan = plan;
        this.webhooks = webhooks;
        this.server = server;
        this.say = say;
        this.endings = endings;
    }

    /** Returns the figures when all are answered or have been waited for long enough. */
    Figures.Summary run() throws IOException {
        long begin = System.nanoTime();
        long opens = begin + plan.leadIn().toNanos();
        long closes = opens + plan.time().toNanos();
        var figures = new Figures(opens, closes);
        int said = 0;
        try (var selector = Selector.open();
                var answers = new Answers(plan.answers())) {
            for (long now = begin; now < closes || busy(now, closes); now = System.nanoTime()) {
                said = mark(said, now >= closes ? 2 : now >= opens ? 1 : 0);
                closes = Math.min(closes, stopped(now) ? now : closes);
                connect(selector, now);
                issue(begin, closes, now, answers, figures);
                selector.select(1);
                for (var key : selector.selectedKeys()) {
                    proceed((Connection) key.attachment(), answers, figures);
                }
                selector.selectedKeys().clear();
                follow();
            }
            mark(said, 2);
            for (var connection : open) {
                if (connection.told().isPresent()) {
                    lost(connection, answers, figures);
                }
                connection.close();
            }
        }
        return figures.summary();
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
        return Files.exists(plan.stop());
    }

    private boolean busy(long now, long closes) {
        return (idle.size() < open.size() || !again.isEmpty())
                && now < closes + plan.grace().toNanos();
    }

    /** As many connections as planned; while nobody listens, one try every now and then. */
    private void connect(Selector selector, long now) {
        while (open.size() < plan.connections() && now >= nextConnect) {
            try {
                var connection =
                        new Connection(server, selector, webhooks.getFirst().length());
                open.add(connection);
                idle.add(connection);
            } catch (IOException nobodyThere) {
                nextConnect = now + RECONNECT_NANOS;
            }
        }
    }

    private void issue(long begin, long closes, long now, Answers answers, Figures figures) throws IOException {
        while (!idle.isEmpty()) {
            Told told;
            if (!again.isEmpty() && again.peek().intendedAt() <= now) {
                told = again.remove();
            } else if (now < closes && sent < plan.most() && due(begin) <= now) {
                told = next(plan.byTheClock() ? due(begin) : now);
                sent++;
            } else {
                return;
            }
            tell(idle.remove(), told, answers, figures);
        }
    }

    private long due(long begin) {
        return plan.byTheClock() ? begin + sent * TimeUnit.SECONDS.toNanos(1) / plan.perSecond() : begin;
    }

    /** A new id, or one of the last ones again: that one may still be on its way. */
    private Told next(long intendedAt) {
        if (ids >= RECENT && sent % 100 < plan.duplicates()) {
            Told before = recent[(int) (sent * STRIDE % RECENT)];
            return new Told(before.id(), before.number(), intendedAt, plan.retries());
        }
        String digits = Long.toString(ids);
        String id = plan.prefix() + "0".repeat(Webhook.ID_LENGTH - plan.prefix().length() - digits.length()) + digits;
        var told = new Told(id, ids, intendedAt, 0);
        recent[(int) (ids % RECENT)] = told;
        ids++;
        return told;
    }

    private void tell(Connection connection, Told told, Answers answers, Figures figures) throws IOException {
        try {
            var webhook = webhooks.get((int) (told.number() % webhooks.size()));
            connection.tell(told, webhook, System.currentTimeMillis());
        } catch (IOException gone) {
            lost(connection, answers, figures);
            drop(connection);
        }
    }

    private void proceed(Connection connection, Answers answers, Figures figures) throws IOException {
        try {
            var told = connection.told();
            var answer = connection.proceed();
            if (answer.isEmpty()) {
                return;
            }
            long now = System.nanoTime();
            figures.count(told.orElseThrow(), answer.get().status(), now);
            answers.answered(told.orElseThrow(), answer.get());
            if (answer.get().status() == 429 || answer.get().status() >= 500) {
                retry(told.orElseThrow(), now + RETRY_NANOS);
            }
            if (answer.get().status() == 202 && endings.isPresent()) {
                following.put(answer.get().eventId(), connection);
            } else {
                free(connection);
            }
        } catch (IOException gone) {
            lost(connection, answers, figures);
            drop(connection);
        }
    }

    private void free(Connection connection) throws IOException {
        if (connection.last()) {
            drop(connection);
        } else {
            idle.add(connection);
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

    private void lost(Connection connection, Answers answers, Figures figures) throws IOException {
        if (connection.told().isEmpty()) {
            return;
        }
        Told told = connection.told().get();
        figures.count(told, 0, System.nanoTime());
        answers.unanswered(told);
        retry(told, System.nanoTime());
    }

    private void retry(Told told, long at) {
        if (told.attempt() < plan.retries() && told.number() % 2 == 0) {
            again.add(new Told(told.id(), told.number(), at, told.attempt() + 1));
        }
    }

    private void drop(Connection connection) throws IOException {
        connection.close();
        open.remove(connection);
        idle.remove(connection);
    }
}
