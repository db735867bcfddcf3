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
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sign-ins under way. */
@PatchbayTest
class PendingSignInTests {

    private static final PendingSignInRepository.PendingSignIn HOME =
            new PendingSignInRepository.PendingSignIn("/", Optional.empty());

    @Autowired
    private PendingSignInRepository pendingSignInRepository;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private String overdue() {
        var then = Clock.fixed(Instant.now().minus(PendingSignInRepository.LIFE).minusSeconds(1), ZoneOffset.UTC);
        String state = Secret.next();
        new PendingSignInRepository(tenancy, jdbc, then).begin(state, HOME);
        return state;
    }

    @Test
    void aSignInThatTookTooLongIsOver() {
        assertThat(pendingSignInRepository.take(overdue())).isEmpty();
    }

    @Test
    void manyWhoBeginAtOnceDoNotWaitForEachOther() {
        overdue();
        tenancy.throughDefinerFunction(() -> {
            // This one clears away what is over, and does not come to its end yet.
            pendingSignInRepository.begin(Secret.next(), HOME);
            assertThat(CompletableFuture.runAsync(() -> pendingSignInRepository.begin(Secret.next(), HOME)))
                    .succeedsWithin(Duration.ofSeconds(5));
            return true;
        });
    }
}
