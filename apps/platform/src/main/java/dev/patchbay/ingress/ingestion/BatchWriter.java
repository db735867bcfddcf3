package dev.patchbay.ingress.ingestion;

import dev.patchbay.connections.Sealing;
import dev.patchbay.kernel.EventId;
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
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/**
 * Writes concurrent events in one statement and commits them together (ADR 0011). One thread drains the queue, writes the
 * batch and completes each write. It never waits for a batch to fill: under load, batches form while the one before is written.
 */
@Component
class BatchWriter implements SmartLifecycle {

    /** A longer queue means that the database does not keep up: further events are answered 429. */
    private static final int MAX_QUEUED = 1_024;

    private static final int MAX_BATCH = 64;

    private record PendingWrite(IncomingEvent event, CompletableFuture<Boolean> isNew) {}

    private final ArrayBlockingQueue<PendingWrite> queue = new ArrayBlockingQueue<>(MAX_QUEUED);
    private final IncomingEventRepository repository;
    private final Sealing sealing;
    private final Tenancy tenancy;
    private final IngressSettings settings;
    private final DistributionSummary batchSize;
    private volatile Thread thread = Thread.currentThread();
    private volatile boolean running;

    BatchWriter(
            IncomingEventRepository repository,
            Sealing sealing,
            Tenancy tenancy,
            IngressSettings settings,
            MeterRegistry meters) {
        this.repository = repository;
        this.sealing = sealing;
        this.tenancy = tenancy;
        this.settings = settings;
        this.batchSize = DistributionSummary.builder("ingress.batch")
                .description("Events written in one batch")
                .register(meters);
        meters.gauge("ingress.waiting", queue, ArrayBlockingQueue::size);
    }

    /**
     * Returns when the event is durable.
     *
     * @return whether it was new
     * @throws Problem {@code 429.not_stored} when the queue is full, or when the event was not stored in time; it may be
     *     stored all the same, and then the provider's retry is a duplicate
     * @throws DataIntegrityViolationException when the database cannot hold such a row
     */
    boolean write(IncomingEvent event) {
        var pendingWrite = new PendingWrite(event, new CompletableFuture<>());
        if (!running || !queue.offer(pendingWrite)) {
            throw new Problem(
                    ProblemType.NOT_STORED,
                    "Too many events are waiting to be stored. Please send the same webhook again.");
        }
        try {
            return pendingWrite.isNew().get(settings.storeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof DataIntegrityViolationException unstorable
                    ? unstorable
                    : EventIngestion.notStored(failed.getCause());
        } catch (TimeoutException tooLate) {
            throw EventIngestion.notStored(tooLate);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw EventIngestion.notStored(stopping);
        }
    }

    private void loop() {
        var batch = new ArrayList<PendingWrite>(MAX_BATCH);
        while (running || !queue.isEmpty()) {
            try {
                var first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, MAX_BATCH - 1);
                    batchSize.record(batch.size());
                    writeBatch(batch);
                    batch.clear();
                }
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    /** When the database rejects a row, the batch is halved until that row fails alone. */
    private void writeBatch(List<PendingWrite> batch) {
        try {
            // Sealed on this thread: the cipher keeps a random generator per thread, and request threads are
            // short-lived.
            var sealed = batch.stream().map(one -> one.event().seal(sealing)).toList();
            Set<EventId> stored = tenancy.throughDefinerFunction(() -> repository.store(sealed));
            batch.forEach(one ->
                    one.isNew().complete(stored.contains(one.event().event().id())));
        } catch (DataIntegrityViolationException refused) {
            if (batch.size() == 1) {
                batch.getFirst().isNew().completeExceptionally(refused);
            } else {
                int half = batch.size() / 2;
                writeBatch(batch.subList(0, half));
                writeBatch(batch.subList(half, batch.size()));
            }
        } catch (RuntimeException | Error failure) {
            // Any failure completes the writes of this batch, so that no request hangs and the next batch is served.
            batch.forEach(one -> one.isNew().completeExceptionally(failure));
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("ingress-batch-writer").daemon().start(this::loop);
    }

    /** Accepts no more writes; those in the queue are still written. */
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
