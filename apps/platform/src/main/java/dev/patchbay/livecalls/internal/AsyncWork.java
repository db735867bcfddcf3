package dev.patchbay.livecalls.internal;

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

/** Runs work that continues after the caller's time is up. */
@Component
class AsyncWork implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(AsyncWork.class);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch stopping = new CountDownLatch(1);

    AsyncWork() {}

    /** Starts the work with the caller's logging context. */
    <T> CompletableFuture<T> start(Supplier<T> work) {
        var context = MDC.getCopyOfContextMap();
        return CompletableFuture.supplyAsync(
                () -> {
                    MDC.setContextMap(context);
                    return work.get();
                },
                threads);
    }

    /** Waits for the result; empty when the timeout comes first, and when the work failed, which is logged. */
    static <T> Optional<T> await(CompletableFuture<T> work, Duration timeout) {
        try {
            return Optional.of(work.get(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException tooLate) {
            return Optional.empty();
        } catch (ExecutionException failed) {
            LOG.warn("work for a live call failed; the caller is answered without it", failed.getCause());
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Sleeps; returns false at once when the process stops. */
    boolean sleep(Duration delay) {
        try {
            return !stopping.await(delay.toMillis(), TimeUnit.MILLISECONDS);
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
