package dev.patchbay.kernel.web;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantContext;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantSlots;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.MDC;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Answers requests that compute for up to seconds, such as merges of long texts, on a few platform threads, which the operating
 * system preempts. Virtual threads are not preempted, and would keep every other request waiting (ADR 0024). One tenant has
 * half of the slots.
 */
@Component
public final class ComputeThreads implements DisposableBean {

    private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    /** The most requests that compute or wait for a thread. */
    private static final int MAX_REQUESTS = 8;

    private static final TenantId NO_TENANT = new TenantId("tnt_none");

    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().name("compute-", 0).daemon().factory());
    private final TenantSlots slots = new TenantSlots(MAX_REQUESTS);

    /** Creates the pool, which starts no thread before the first request. */
    public ComputeThreads() {}

    /**
     * Computes the answer of the current request.
     *
     * @throws Problem {@code 429.rate_limited} when too many requests compute or wait
     */
    public <T> T compute(Supplier<T> work) {
        TenantId tenant = TenantContext.current().orElse(NO_TENANT);
        if (!slots.tryAcquire(tenant)) {
            throw new Problem(
                    ProblemType.RATE_LIMITED,
                    "Other requests of this agency are computing; send the request again in a few seconds.");
        }
        var request = RequestContextHolder.getRequestAttributes();
        Map<String, String> context = MDC.getCopyOfContextMap();
        try {
            return threads.submit(() -> {
                        RequestContextHolder.setRequestAttributes(request);
                        MDC.setContextMap(context == null ? Map.of() : context);
                        try {
                            return work.get();
                        } finally {
                            MDC.clear();
                            RequestContextHolder.resetRequestAttributes();
                        }
                    })
                    .get();
        } catch (ExecutionException failed) {
            throw unwrap(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a request was computed", stopping);
        } finally {
            slots.release(tenant);
        }
    }

    private static RuntimeException unwrap(ExecutionException failed) {
        return failed.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(failed);
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
