package dev.patchbay.effects.internal.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.effects.internal.ratelimit.CallQueue.AdmittedCall;
import dev.patchbay.effects.spi.Quota;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Several processes on one database, each with its own memory. */
@PatchbayTest
class RateLimiterTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");
    private static final ClientId HARBOR = new ClientId("cli_harbor");
    private static final ClientId NORTHSIDE = new ClientId("cli_northside");
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final List<Quota> TWENTY = List.of(new Quota("burst", 20, TEN_SECONDS));

    @Autowired
    private TokenLeaseRepository tokenLeaseRepository;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Tenancy tenancy;

    private final SettableClock clock = new SettableClock();
    private final Instant begin = clock.instant();
    private final String connection = "con_" + UUID.randomUUID();

    private RateLimiter process() {
        return new RateLimiter(tokenLeaseRepository, clock);
    }

    private CallQueue queue(List<Quota> quotas) {
        return new CallQueue(clock, TENANT, connection, quotas);
    }

    private Duration ask(RateLimiter process, ClientId client, List<Quota> quotas) {
        return process.admit(TENANT, connection, client, quotas);
    }

    @Test
    void aSingleClientMayUseTheWholeQuota() {
        RateLimiter process = process();
        for (int i = 0; i < 20; i++) {
            assertThat(ask(process, HARBOR, TWENTY)).isZero();
        }
        assertThat(ask(process, HARBOR, TWENTY)).isBetween(TEN_SECONDS, Duration.ofSeconds(12));
        assertThat(ask(process(), NORTHSIDE, TWENTY)).isPositive();
    }

    @Test
    void twoProcessesTogetherNeverExceedTheQuota() {
        CallQueue callQueue = queue(TWENTY);
        RateLimiter one = process();
        RateLimiter other = process();
        for (int second = 0; second < 60; second++) {
            callQueue
                    .add(one, HARBOR, 2, begin.plusMillis(second * 1000L + 100))
                    .add(other, NORTHSIDE, second % 5 == 0 ? 6 : 0, begin.plusMillis(second * 1000L + 950));
        }

        List<AdmittedCall> gone = callQueue.runUntil(begin.plusSeconds(600));

        assertThat(gone).hasSize(120 + 72);
        assertThat(CallQueue.maxWithin(gone, TEN_SECONDS)).isBetween(10, 20);
        assertThat(gone.getLast().at()).as("and waste little of it").isBefore(begin.plusSeconds(150));
    }

    @Test
    void concurrentCallsAcrossProcessesNeverExceedTheQuota() throws Exception {
        List<RateLimiter> processes = List.of(process(), process(), process());
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 150)
                    .mapToObj(i -> crowd.submit(() -> ask(processes.get(i % 3), HARBOR, TWENTY)))
                    .toList();
            int admitted = 0;
            for (var answer : answers) {
                admitted += answer.get().isZero() ? 1 : 0;
            }
            assertThat(admitted).isBetween(15, 20);
        }
    }

    @Test
    void waitingCallsGetTheirTurnAsRoomComes() {
        List<AdmittedCall> gone =
                queue(TWENTY).add(process(), HARBOR, 100, begin).runUntil(begin.plusSeconds(600));

        assertThat(gone).hasSize(100);
        assertThat(gone.getLast().at()).isBefore(begin.plusSeconds(70));
        assertThat(gone.stream().mapToInt(AdmittedCall::tries).average().orElseThrow())
                .isLessThan(4);
    }

    @Test
    void callsBeyondTheLongestWaitShareItsTurns() {
        List<Quota> slow = List.of(new Quota("slow", 1, TEN_SECONDS));
        CallQueue callQueue = queue(slow).add(process(), HARBOR, 100, begin);

        List<AdmittedCall> gone = callQueue.runUntil(begin.plusSeconds(900));

        assertThat(gone).hasSizeBetween(50, 90);
        assertThat(CallQueue.maxWithin(gone, TEN_SECONDS)).isEqualTo(1);
    }

    @Test
    void aBusyClientKeepsToItsShareWhileAnotherClientWaits() {
        RateLimiter one = process();
        RateLimiter other = process();
        CallQueue callQueue = queue(TWENTY)
                .add(one, HARBOR, 400, begin)
                .add(one, NORTHSIDE, 5, begin.plusSeconds(30))
                .add(other, NORTHSIDE, 5, begin.plusSeconds(30));

        List<AdmittedCall> gone = callQueue.runUntil(begin.plusSeconds(600));

        Instant served = gone.stream()
                .filter(it -> it.client().equals(NORTHSIDE))
                .map(AdmittedCall::at)
                .max(Instant::compareTo)
                .orElseThrow();
        assertThat(served).as("nobody waits behind 400").isBefore(begin.plusSeconds(30 + 26));
        assertThat(gone).hasSize(410);
        assertThat(CallQueue.maxWithin(gone, TEN_SECONDS)).isLessThanOrEqualTo(20);
    }

    @Test
    void aDailyQuotaIsWaitedFor() {
        List<Quota> day = List.of(new Quota("day", 7, Duration.ofDays(1), 3));
        RateLimiter process = process();
        assertThat(ask(process, HARBOR, day)).isZero();
        assertThat(ask(process, HARBOR, day)).isZero();

        assertThat(ask(process, HARBOR, day)).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(5));
        clock.tick(Duration.ofHours(23));
        assertThat(ask(process, HARBOR, day)).isPositive();
        clock.tick(Duration.ofMinutes(71));
        assertThat(ask(process, HARBOR, day)).isZero();
        assertThat(rows()).as("what no longer counts is forgotten").isEqualTo(1);
    }

    private int rows() {
        return tenancy.inTenant(
                TENANT,
                () -> jdbc.sql(
                                "SELECT count(*) FROM patchbay.rate_window WHERE tenant_id = 'tnt_demo' AND connection_id = :connection AND taken > 0")
                        .param("connection", connection)
                        .query(Integer.class)
                        .single());
    }

    @Test
    void aBucketClosedByTheProviderIsClosedForEveryProcess() {
        RateLimiter one = process();
        RateLimiter other = process();
        ask(one, HARBOR, TWENTY);
        one.admit(TENANT, "con_elsewhere", HARBOR, TWENTY);

        one.close(TENANT, connection, TWENTY, Duration.ofSeconds(30));
        one.close(TENANT, connection, TWENTY, Duration.ofSeconds(3));

        assertThat(ask(one, HARBOR, TWENTY)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
        assertThat(ask(other, NORTHSIDE, TWENTY)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
        assertThat(one.admit(TENANT, "con_elsewhere", HARBOR, TWENTY)).isZero();
        clock.tick(Duration.ofSeconds(31));
        assertThat(ask(one, HARBOR, TWENTY)).isZero();
        assertThat(ask(other, NORTHSIDE, TWENTY)).isZero();
    }

    @Test
    void aBucketIsNeverClosedForMoreThanAnHour() {
        RateLimiter process = process();
        process.close(TENANT, connection, TWENTY, Duration.ofDays(365));

        assertThat(ask(process, HARBOR, TWENTY)).isLessThanOrEqualTo(Duration.ofMinutes(5));
        clock.tick(Duration.ofMinutes(61));
        assertThat(ask(process, HARBOR, TWENTY)).isZero();
    }

    @Test
    void aCallWithRoomInOnlyOneBucketTakesNothing() {
        Quota wide = new Quota("wide", 10, TEN_SECONDS);
        Quota narrow = new Quota("narrow", 1, TEN_SECONDS);
        RateLimiter process = process();
        assertThat(ask(process, HARBOR, List.of(wide, narrow))).isZero();
        for (int i = 0; i < 5; i++) {
            assertThat(ask(process, HARBOR, List.of(wide, narrow))).isPositive();
        }

        for (int i = 0; i < 9; i++) {
            assertThat(ask(process, HARBOR, List.of(wide))).isZero();
        }
        assertThat(ask(process, HARBOR, List.of(wide))).isPositive();
    }

    @Test
    void aLateRefundIsIgnored() {
        LocalTokens localTokens =
                new LocalTokens(tokenLeaseRepository, new Bucket(TENANT, connection, "burst", HARBOR));
        Quota one = new Quota("burst", 1, TEN_SECONDS);
        Instant before = begin;
        localTokens.take(one, before);
        localTokens.refund(one, before.minusSeconds(5));
        localTokens.refund(one, before.plusSeconds(5));

        assertThat(localTokens.take(one, before)).isPositive();
    }

    @Test
    void nothingIsSentWhileTheDatabaseIsAway() {
        var away = new FailingLeaseRepository(jdbc, tenancy);
        RateLimiter process = new RateLimiter(away, clock);

        assertThat(ask(process, HARBOR, TWENTY)).isEqualTo(Duration.ofSeconds(1));
        process.close(TENANT, connection, TWENTY, Duration.ofMillis(500));
        away.isBack = true;
        clock.tick(Duration.ofSeconds(1));
        assertThat(ask(process, HARBOR, TWENTY)).isZero();
    }

    @Test
    void idleBucketsAreEvicted() {
        RateLimiter process = process();
        for (int i = 0; i < 400; i++) {
            ask(process, HARBOR, List.of(new Quota("flow/" + i, 1, Duration.ofSeconds(1))));
            clock.tick(Duration.ofMillis(100));
        }
        assertThat(process.bucketCount()).isLessThan(100);
    }

    @Test
    void aQuotaMustAllowAtLeastOneRequest() {
        assertThat(new Quota("burst", 2, TEN_SECONDS, 3).cost()).isEqualTo(2);
        assertThatThrownBy(() -> new Quota("none", 0, TEN_SECONDS)).hasMessageContaining("none");
        assertThatThrownBy(() -> new Quota("none", 1, Duration.ZERO)).hasMessageContaining("none");
        assertThatThrownBy(() -> new Quota("none", 1, TEN_SECONDS, 0)).hasMessageContaining("none");
        assertThat(RateWindow.of(new Quota("short", 1, Duration.ofMillis(5))).window())
                .isEqualTo(Duration.ofMillis(1));
    }

    private static final class FailingLeaseRepository extends TokenLeaseRepository {

        private boolean isBack;

        FailingLeaseRepository(JdbcClient jdbc, Tenancy tenancy) {
            super(jdbc, tenancy);
        }

        @Override
        TokenLease lease(Bucket bucket, Quota quota, int requested, Instant now, Instant waits) {
            if (isBack) {
                return super.lease(bucket, quota, requested, now, waits);
            }
            throw new QueryTimeoutException("away");
        }

        @Override
        void close(TenantId tenant, String connectionId, List<Quota> quotas, Instant until) {
            throw new QueryTimeoutException("away");
        }
    }
}
