package dev.patchbay.ingress.internal;

import dev.patchbay.connections.Sealing;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.database.Tenancy;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/**
 * Commits concurrent arrivals together (ADR 0011): one thread takes whatever has gathered, writes it in one
 * statement and answers each. It never waits for more to gather; under load the backlog forms the batches by itself.
 */
@Component
class BatchWriter implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);

    /** More than this waiting means that the database does not keep up: the vendor is asked to come again. */
    private static final int MOST_WAITING = 1_024;

    private static final int MOST_TOGETHER = 64;

    private record Waiting(IncomingEvent arrival, CompletableFuture<Boolean> fresh) {}

    private final ArrayBlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final IncomingEventRepository arrivals;
    private final Sealing sealing;
    private final Tenancy tenancy;
    private final IngressSettings settings;
    private final DistributionSummary together;
    private volatile Thread thread = Thread.currentThread();
    private volatile boolean running;

    BatchWriter(
            IncomingEventRepository arrivals,
            Sealing sealing,
            Tenancy tenancy,
            IngressSettings settings,
            MeterRegistry meters) {
        this.arrivals = arrivals;
        this.sealing = sealing;
        this.tenancy = tenancy;
        this.settings = settings;
        this.together = DistributionSummary.builder("ingress.batch")
                .description("Arrivals committed together")
                .register(meters);
        meters.gauge("ingress.waiting", queue, ArrayBlockingQueue::size);
    }

    /**
     * Returns when the arrival is durable.
     *
     * @return whether it was new
     * @throws Problem {@code 429.not_stored} when too much waits already, or when it was not stored in time. It may
     *     then be stored all the same, and the vendor's retry is a duplicate
     * @throws DataIntegrityViolationException when the database cannot keep such a row
     */
    boolean commit(IncomingEvent incomingEvent) {
        var waiting = new Waiting(incomingEvent, new CompletableFuture<>());
        if (!running || !queue.offer(waiting)) {
            throw new Problem(ProblemType.NOT_STORED, "Too much is waiting to be stored. Please send it again.");
        }
        try {
            return waiting.fresh().get(settings.storeWithin().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof DataIntegrityViolationException unstorable
                    ? unstorable
                    : notStored(failed.getCause());
        } catch (TimeoutException tooLate) {
            throw notStored(tooLate);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw notStored(stopping);
        }
    }

    /** What is answered when a fact could not be stored; the reason goes to the log. */
    static Problem notStored(@Nullable Throwable why) {
        LOG.error("a fact was not stored", why);
        return new Problem(ProblemType.NOT_STORED, "Nothing was stored. Please send the same webhook again.");
    }

    private void loop() {
        var batch = new ArrayList<Waiting>(MOST_TOGETHER);
        while (running || !queue.isEmpty()) {
            try {
                var first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, MOST_TOGETHER - 1);
                    together.record(batch.size());
                    store(batch);
                    batch.clear();
                }
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    /** A row that the database refuses fails alone: the batch is halved until it stands by itself. */
    private void store(List<Waiting> batch) {
        try {
            // Sealed here: the cipher's random numbers belong to a thread, and this one lives on.
            var sealed =
                    batch.stream().map(one -> one.arrival().sealed(sealing)).toList();
            Set<String> fresh = tenancy.throughDoor(() -> arrivals.store(sealed));
            batch.forEach(one ->
                    one.fresh().complete(fresh.contains(one.arrival().event().id())));
        } catch (DataIntegrityViolationException refused) {
            if (batch.size() == 1) {
                batch.getFirst().fresh().completeExceptionally(refused);
            } else {
                int half = batch.size() / 2;
                store(batch.subList(0, half));
                store(batch.subList(half, batch.size()));
            }
        } catch (RuntimeException | Error failure) {
            // Whatever it is: those who wait are told, and the next ones are served.
            batch.forEach(one -> one.fresh().completeExceptionally(failure));
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("ingress-committer").daemon().start(this::loop);
    }

    /** Takes no more; what waits is still stored. */
    @Override
    public void stop() {
        running = false;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
