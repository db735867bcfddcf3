package dev.patchbay.effects.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.EffectStatus;
import dev.patchbay.effects.Effects;
import dev.patchbay.effects.internal.node.NodeLeaseFixture;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@PatchbayTest
class EffectLedgerTests {

    private static final byte[] DIGEST = Hashing.sha256(Hashing.utf8("act"));
    private static final Duration NONE = Duration.ZERO;
    private static final Duration LONG = Duration.ofMinutes(1);

    @Autowired
    private EffectLedger ledger;

    @Autowired
    private Effects effects;

    @Autowired
    private NodeLeaseFixture lease;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private EffectKey key;

    @BeforeEach
    void newEffect() {
        key = new EffectKey(
                new TenantId("tnt_demo"), new EffectOrigin.Run(new RunId("run_" + UUID.randomUUID())), "book", 0);
    }

    @Test
    void theFirstClaimMaySend() {
        assertThat(claim(LONG))
                .isInstanceOfSatisfying(
                        ClaimResult.Send.class,
                        send -> assertThat(send.claim().attempt()).isEqualTo(1));
    }

    @Test
    void onlyOneOfManyClaimsMaySend() throws Exception {
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var claims = IntStream.range(0, 40)
                    .mapToObj(i -> crowd.submit(() -> claim(LONG)))
                    .toList();
            int sends = 0;
            for (var claim : claims) {
                sends += claim.get() instanceof ClaimResult.Send ? 1 : 0;
            }
            assertThat(sends).isEqualTo(1);
        }
    }

    @Test
    void aClaimedEffectIsBusyUntilItMayBeLookedUp() {
        claim(LONG);

        assertThat(claim(LONG))
                .isInstanceOfSatisfying(
                        ClaimResult.Busy.class,
                        busy -> assertThat(busy.retryAfter()).isPositive());
    }

    @Test
    void anEffectWhoseWindowPassedIsLookedUpFirst() {
        claim(NONE);

        assertThat(claim(LONG)).isInstanceOf(ClaimResult.LookUpFirst.class);
    }

    @Test
    void aReleasedEffectMayBeSentByTheNextClaim() {
        ledger.release(send(LONG), NONE);

        assertThat(claim(LONG))
                .isInstanceOfSatisfying(
                        ClaimResult.Send.class,
                        send -> assertThat(send.claim().attempt()).isEqualTo(2));
    }

    @Test
    void anUnknownEffectIsLookedUpFirst() {
        var held = send(NONE);
        assertThat(ledger.markUnknown(held, "no answer", NONE)).isTrue();

        assertThat(claim(LONG)).isInstanceOf(ClaimResult.LookUpFirst.class);
    }

    @Test
    void anAbsentEffectGetsANewWindow() {
        ledger.markUnknown(send(NONE), "no answer", NONE);
        var look = (ClaimResult.LookUpFirst) claim(LONG);

        assertThat(ledger.reopenWindow(look.claim(), LONG, LONG)).isTrue();

        assertThat(claim(LONG)).isInstanceOf(ClaimResult.Busy.class);
        assertThat(state().lookedUp()).isTrue();
    }

    @Test
    void anOvertakenLookUpReopensNothing() {
        ledger.markUnknown(send(NONE), "no answer", NONE);
        var slow = (ClaimResult.LookUpFirst) claim(NONE);
        claim(LONG);

        assertThat(ledger.reopenWindow(slow.claim(), LONG, LONG)).isFalse();
    }

    @Test
    void aParkedEffectWaitsForAPerson() {
        ledger.markUnknown(send(NONE), "no answer", NONE);
        ledger.defer(((ClaimResult.LookUpFirst) claim(LONG)).claim(), NONE);
        ledger.park(((ClaimResult.LookUpFirst) claim(LONG)).claim());

        assertThat(claim(LONG)).isInstanceOf(ClaimResult.Parked.class);
    }

    @Test
    void successCountsFromAnyAttempt() {
        var first = send(NONE);
        claim(LONG);

        ledger.markDone(first, Json.object().put("id", "e1"), List.of("e1"), false);

        assertThat(claim(LONG))
                .isInstanceOfSatisfying(
                        ClaimResult.Done.class,
                        done -> assertThat(done.response().at("/value/id").asString())
                                .isEqualTo("e1"));
        assertThat(incidents()).isZero();
    }

    @Test
    void aRefusalCountsOnlyFromTheCurrentAttempt() {
        var first = send(NONE);
        var second = ((ClaimResult.LookUpFirst) claim(LONG)).claim();

        assertThat(ledger.markFailed(first, FailureReason.BAD_INPUT, "no")).isFalse();
        assertThat(ledger.markFailed(second, FailureReason.BAD_INPUT, "no")).isTrue();

        assertThat(claim(LONG)).isInstanceOf(ClaimResult.Failed.class);
    }

    @Test
    void aSecondProviderIdIsAnIncident() {
        var held = send(LONG);
        ledger.markDone(held, Json.object(), List.of("e1"), false);
        ledger.markDone(held, Json.object(), List.of("e1"), false);
        assertThat(incidents()).isZero();

        ledger.markDone(held, Json.object(), List.of("e2"), false);

        assertThat(incidents()).isEqualTo(1);
    }

    @Test
    void twoProviderIdsFromALookUpAreAnIncident() {
        ledger.markDone(send(LONG), Json.object(), List.of("e1", "e2"), true);

        assertThat(incidents()).isEqualTo(1);
    }

    @Test
    void aDifferentRequestUnderTheSameKeyIsAMismatch() {
        ledger.markUnknown(send(NONE), "No answer came.", NONE);

        assertThat(claimOtherRequest()).isInstanceOf(ClaimResult.RequestMismatch.class);
    }

    @Test
    void anUnsentRequestMayChange() {
        ledger.release(send(LONG), NONE);

        assertThat(claimOtherRequest()).isInstanceOf(ClaimResult.Send.class);
    }

    private ClaimResult claimOtherRequest() {
        return ledger.claim(key, "/do/0/book", Hashing.sha256(Hashing.utf8("other")), LONG, LONG);
    }

    @Test
    void anEffectIsUnderWayUntilItsWindowAndSettleTimeAreOver() {
        assertThat(ledger.timeUnderWay(key, LONG)).isZero();
        var held = send(NONE);
        assertThat(ledger.timeUnderWay(key, LONG)).isPositive();
        assertThat(ledger.timeUnderWay(key, NONE)).isZero();
        ledger.release(held, NONE);
        assertThat(ledger.timeUnderWay(key, LONG)).isZero();
    }

    @Test
    void aLapsedLeaseFencesAndTheNextRenewalTakesANewEpoch() {
        long before = lease.epoch();
        lease.evict();
        assertThat(claim(LONG)).isInstanceOf(ClaimResult.Fenced.class);

        lease.renew();

        assertThat(lease.epoch()).isGreaterThan(before);
        assertThat(claim(LONG)).isInstanceOf(ClaimResult.Send.class);
    }

    private ClaimResult claim(Duration act) {
        return ledger.claim(key, "/do/0/book", DIGEST, act, NONE);
    }

    private Claim send(Duration act) {
        return ((ClaimResult.Send) claim(act)).claim();
    }

    private EffectStatus state() {
        return effects.find(key).orElseThrow();
    }

    private long incidents() {
        return tenancy.inTenant(
                key.tenant(),
                () -> jdbc.sql("SELECT count(*) FROM patchbay.effect_incident WHERE tenant_id = :tenant AND key = :key")
                        .param("tenant", key.tenant().value())
                        .param("key", key.text())
                        .query(Long.class)
                        .single());
    }
}
