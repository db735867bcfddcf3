package dev.patchbay.connections.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.TenantContext;
import dev.patchbay.kernel.TenantId;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The silent servers of one tenant keep nobody else waiting. */
class TenantSharesTests {

    private static final TenantId ONE = new TenantId("tnt_one");
    private static final TenantId OTHER = new TenantId("tnt_other");

    private final TenantShares shares = new TenantShares(2);

    private boolean take(TenantId tenant) throws InterruptedException {
        try (var _ = TenantContext.open(tenant)) {
            return shares.take(Duration.ofMillis(1)).isPresent();
        }
    }

    @Test
    void oneTenantHasItsShareAndOthersHaveTheirs() throws Exception {
        assertThat(take(ONE)).isTrue();
        assertThat(take(ONE)).isTrue();
        assertThat(take(ONE)).isFalse();
        assertThat(take(OTHER)).isTrue();
        for (int each = 0; each < 5; each++) {
            assertThat(shares.take(Duration.ZERO))
                    .as("the installation's own work")
                    .isPresent();
        }
    }

    @Test
    void aRequestWaitsForAPlaceOfItsTenant() throws Exception {
        assertThat(take(ONE)).isTrue();
        TenantShares.Place second;
        try (var _ = TenantContext.open(ONE)) {
            second = shares.take(Duration.ZERO).orElseThrow();
        }
        var waiting = new CountDownLatch(1);
        try (var thread = Executors.newVirtualThreadPerTaskExecutor()) {
            var third = thread.submit(() -> {
                try (var _ = TenantContext.open(ONE)) {
                    waiting.countDown();
                    return shares.take(Duration.ofSeconds(20)).isPresent();
                }
            });
            assertThat(waiting.await(5, TimeUnit.SECONDS)).isTrue();
            second.close();
            assertThat(third.get(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
