package dev.patchbay.iam.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Secret;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Pending sign-ins expire and do not block each other. */
@PatchbayTest
class PendingSignInTests {

    private static final PendingSignIn HOME = new PendingSignIn("/", Optional.empty());

    @Autowired
    private PendingSignIns pendingSignIns;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private PendingSignInRepository repository;

    private String addExpired() {
        var then = Clock.fixed(Instant.now().minus(PendingSignIns.LIFETIME).minusSeconds(1), ZoneOffset.UTC);
        String state = Secret.next();
        new PendingSignIns(repository, tenancy, then).add(state, HOME);
        return state;
    }

    @Test
    void anExpiredSignInIsRefused() {
        assertThat(pendingSignIns.take(addExpired())).isEmpty();
    }

    @Test
    void concurrentSignInsDoNotBlockEachOther() {
        addExpired();
        tenancy.throughDefinerFunction(() -> {
            // This transaction deletes expired sign-ins and stays open.
            pendingSignIns.add(Secret.next(), HOME);
            assertThat(CompletableFuture.runAsync(() -> pendingSignIns.add(Secret.next(), HOME)))
                    .succeedsWithin(Duration.ofSeconds(5));
            return true;
        });
    }
}
