package dev.patchbay.kernel.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantContext;
import dev.patchbay.kernel.TenantId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Long computations run on threads that the operating system preempts, and one tenant has half of the places. */
class ComputeThreadsTests {

    private static final TenantId ONE = new TenantId("tnt_one");
    private static final TenantId OTHER = new TenantId("tnt_other");

    private final ComputeThreads threads = new ComputeThreads();

    @AfterEach
    void stop() {
        threads.destroy();
    }

    @Test
    void workRunsOnAPlatformThreadInTheContextOfItsRequest() {
        try (var _ = TenantContext.open(ONE)) {
            assertThat(threads.compute(() -> Thread.currentThread().isVirtual() + " " + MDC.get(TenantContext.TENANT)))
                    .isEqualTo("false tnt_one");
        }
        assertThat(threads.compute(TenantContext::current)).isEmpty();
    }

    @Test
    void aFailureIsTheRequests() {
        assertThatThrownBy(() -> threads.compute(() -> {
                    throw new IllegalArgumentException("bad");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> threads.compute(() -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anInterruptedRequestEnds() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> threads.compute(() -> await(new CountDownLatch(1))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void oneTenantLeavesPlacesToOthers() throws Exception {
        var started = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (var requests = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?>[] waiting = new Future<?>[4];
            for (int each = 0; each < waiting.length; each++) {
                waiting[each] = requests.submit(() -> {
                    try (var _ = TenantContext.open(ONE)) {
                        return threads.compute(() -> {
                            started.countDown();
                            return await(end);
                        });
                    }
                });
            }
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            org.awaitility.Awaitility.await().until(this::isFullForOne);
            end.countDown();
            for (Future<?> each : waiting) {
                assertThat(each.get(10, TimeUnit.SECONDS)).isEqualTo(true);
            }
            try (var _ = TenantContext.open(OTHER)) {
                assertThat(threads.compute(() -> 1)).isEqualTo(1);
            }
        }
    }

    /** Asks with work that ends at once, where there is still a place. */
    private boolean isFullForOne() throws Exception {
        try (var requests = Executors.newVirtualThreadPerTaskExecutor()) {
            var probe = requests.submit(() -> {
                try (var _ = TenantContext.open(ONE)) {
                    threads.compute(() -> 1);
                    return false;
                } catch (Problem refused) {
                    return refused.detail().contains("are computing");
                }
            });
            try {
                return probe.get(500, TimeUnit.MILLISECONDS);
            } catch (java.util.concurrent.TimeoutException waits) {
                probe.cancel(true);
                return false;
            }
        }
    }

    private static boolean await(CountDownLatch end) {
        try {
            return end.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            return false;
        }
    }
}
