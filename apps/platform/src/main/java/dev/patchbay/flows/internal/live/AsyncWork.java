package dev.patchbay.flows.internal.live;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Work that goes on when the caller is not to wait for it any longer. */
@Component
class AsyncWork implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(AsyncWork.class);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch stopping = new CountDownLatch(1);

    AsyncWork() {}

    /** Starts the work under the correlation id of whoever asks. */
    <T> CompletableFuture<T> start(Supplier<T> work) {
        var context = MDC.getCopyOfContextMap();
        return CompletableFuture.supplyAsync(
                () -> {
                    MDC.setContextMap(context);
                    return work.get();
                },
                threads);
    }

    /** What came of the work, when it came in time; empty also when it failed, which is logged. */
    static <T> Optional<T> within(CompletableFuture<T> work, Duration budget) {
        try {
            return Optional.of(work.get(Math.max(0, budget.toNanos()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException tooLate) {
            return Optional.empty();
        } catch (ExecutionException failed) {
            LOG.warn("work for a live call failed", failed.getCause());
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Waits. False: the process stops, so leave the rest to others. */
    boolean pause(Duration wait) {
        try {
            return !stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void destroy() {
        stopping.countDown();
        threads.shutdown();
    }
}
