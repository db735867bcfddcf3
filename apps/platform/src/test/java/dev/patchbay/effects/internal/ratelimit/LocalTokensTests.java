package dev.patchbay.effects.internal.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.effects.spi.Quota;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PatchbayTest
class LocalTokensTests {

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final Quota QUOTA = new Quota("burst", 20, Duration.ofSeconds(10));

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Tenancy tenancy;

    private LocalTokens tokens(TokenLease answer) {
        var leases = new TokenLeaseRepository(jdbc, tenancy) {
            @Override
            TokenLease lease(Bucket bucket, Quota quota, int requested, Instant now, Instant waitsUntil) {
                return answer;
            }
        };
        return new LocalTokens(
                leases, new Bucket(new TenantId("tnt_demo"), "con_local", "burst", new ClientId("cli_harbor")));
    }

    @Test
    void anEmptyBucketIsAskedAgainInTheNextWindow() {
        var soon = tokens(new TokenLease.Empty(NOON.plusMillis(200)));
        var late = tokens(new TokenLease.Empty(NOON.plusSeconds(8)));

        assertThat(soon.take(QUOTA, NOON)).isEqualTo(Duration.ofMillis(200));
        assertThat(late.take(QUOTA, NOON)).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void aCallWaitsNoLongerThanTheLongestWait() {
        var hour = tokens(new TokenLease.Empty(NOON.plus(Duration.ofHours(1))));

        assertThat(hour.take(QUOTA, NOON)).isLessThanOrEqualTo(TokenLeaseRepository.MAX_WAIT);
    }

    @Test
    void tokensAreIdleAfterTheirWindowTurnsAndClosure() {
        var unused = tokens(new TokenLease.Granted(5));
        assertThat(unused.isIdle(NOON)).isTrue();

        unused.take(QUOTA, NOON);
        assertThat(unused.isIdle(NOON)).isFalse();
        assertThat(unused.isIdle(NOON.plusSeconds(1))).isTrue();

        unused.close(NOON.plusSeconds(30));
        assertThat(unused.isIdle(NOON.plusSeconds(2))).isFalse();

        var waiting = tokens(new TokenLease.Empty(NOON.plusSeconds(8)));
        waiting.take(QUOTA, NOON);
        assertThat(waiting.isIdle(NOON.plusSeconds(2))).isFalse();
        assertThat(waiting.isIdle(NOON.plusSeconds(9))).isTrue();
    }
}
