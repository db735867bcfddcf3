package dev.patchbay.effects.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectStatus;
import dev.patchbay.effects.Effects;
import dev.patchbay.effects.internal.node.NodeLeaseFixture;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.Json;
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
    void aNewAct() {
        key = new EffectKey(new TenantId("tnt_demo"), "run_" + UUID.randomUUID(), "book", 0);
    }

    @Test
    void theFirstClaimMaySend() {
        assertThat(claim(LONG))
                .isInstanceOfSatisfying(
                        Claim.Send.class,
                        send -> assertThat(send.held().attempt()).isEqualTo(1));
    }

    @Test
    void onlyOneOfManyClaimsMaySend() throws Exception {
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var claims = IntStream.range(0, 40)
                    .mapToObj(i -> crowd.submit(() -> claim(LONG)))
                    .toList();
            int sends = 0;
            for (var claim : claims) {
                sends += claim.get() instanceof Claim.Send ? 1 : 0;
            }
            assertThat(sends).isEqualTo(1);
        }
    }

    @Test
    void aHeldActIsBusyUntilItMayBeLookedUp() {
        claim(LONG);

        assertThat(claim(LONG))
                .isInstanceOfSatisfying(
                        Claim.Busy.class, busy -> assertThat(busy.until()).isPositive());
    }

    @Test
    void anActWhoseWindowPassedIsLookedUpFirst() {
        claim(NONE);

        assertThat(claim(LONG)).isInstanceOf(Claim.LookFirst.class);
    }

    @Test
    void aReleasedActMayBeSentByTheNext() {
        ledger.release(send(LONG), NONE);

        assertThat(claim(LONG))
                .isInstanceOfSatisfying(
                        Claim.Send.class,
                        send -> assertThat(send.held().attempt()).isEqualTo(2));
    }

    @Test
    void aLostActIsLookedUpFirst() {
        var held = send(NONE);
        assertThat(ledger.markUnknown(held, "no answer", NONE)).isTrue();

        assertThat(claim(LONG)).isInstanceOf(Claim.LookFirst.class);
    }

    @Test
    void anAbsentActIsArmedAndSent() {
        ledger.markUnknown(send(NONE), "no answer", NONE);
        var look = (Claim.LookFirst) claim(LONG);

        assertThat(ledger.reopenWindow(look.held(), LONG, LONG)).isTrue();

        assertThat(claim(LONG)).isInstanceOf(Claim.Busy.class);
        assertThat(state().lookedUp()).isTrue();
    }

    @Test
    void aLookUpThatWasOvertakenArmsNothing() {
        ledger.markUnknown(send(NONE), "no answer", NONE);
        var slow = (Claim.LookFirst) claim(NONE);
        claim(LONG);

        assertThat(ledger.reopenWindow(slow.held(), LONG, LONG)).isFalse();
    }

    @Test
    void aDeferredLookUpWaitsAndAParkedOneWaitsForAPerson() {
        ledger.markUnknown(send(NONE), "no answer", NONE);
        ledger.defer(((Claim.LookFirst) claim(LONG)).held(), NONE);
        ledger.park(((Claim.LookFirst) claim(LONG)).held());

        assertThat(claim(LONG)).isInstanceOf(Claim.Parked.class);
    }

    @Test
    void successIsEvidenceFromWhicheverAttempt() {
        var first = send(NONE);
        claim(LONG);

        ledger.markDone(first, Json.object().put("id", "e1"), List.of("e1"), false);

        assertThat(claim(LONG))
                .isInstanceOfSatisfying(
                        Claim.Done.class,
                        done -> assertThat(done.response().at("/value/id").asString())
                                .isEqualTo("e1"));
        assertThat(incidents()).isZero();
    }

    @Test
    void aRefusalCountsOnlyFromTheCurrentAttempt() {
        var first = send(NONE);
        var second = ((Claim.LookFirst) claim(LONG)).held();

        assertThat(ledger.markFailed(first, "BAD_INPUT no")).isFalse();
        assertThat(ledger.markFailed(second, "BAD_INPUT no")).isTrue();

        assertThat(claim(LONG)).isInstanceOf(Claim.Failed.class);
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
    void twoMatchesAreAnIncident() {
        ledger.markDone(send(LONG), Json.object(), List.of("e1", "e2"), true);

        assertThat(incidents()).isEqualTo(1);
    }

    @Test
    void theSameStepMayNotAskForSomethingElse() {
        ledger.markUnknown(send(NONE), "No answer came.", NONE);

        assertThat(other()).isInstanceOf(Claim.RequestMismatch.class);
    }

    @Test
    void whatWasCertainlyNotSentMayBeAskedForDifferently() {
        ledger.release(send(LONG), NONE);

        assertThat(other()).isInstanceOf(Claim.Send.class);
    }

    private Claim other() {
        return ledger.claim(key, "/do/0/book", Hashing.sha256(Hashing.utf8("other")), LONG, LONG);
    }

    @Test
    void anActIsUnderWayUntilItsWindowAndTheTimeAfterThatAreOver() {
        assertThat(ledger.underWay(key, LONG)).isZero();
        var held = send(NONE);
        assertThat(ledger.underWay(key, LONG)).isPositive();
        assertThat(ledger.underWay(key, NONE)).isZero();
        ledger.release(held, NONE);
        assertThat(ledger.underWay(key, LONG)).isZero();
    }

    @Test
    void aLapsedLeaseIsNamedAndTheNextRenewalTakesANewEpoch() {
        long before = lease.epoch();
        lease.evict();
        assertThat(claim(LONG)).isInstanceOf(Claim.Fenced.class);

        lease.renew();

        assertThat(lease.epoch()).isGreaterThan(before);
        assertThat(claim(LONG)).isInstanceOf(Claim.Send.class);
    }

    private Claim claim(Duration act) {
        return ledger.claim(key, "/do/0/book", DIGEST, act, NONE);
    }

    private Claim.Held send(Duration act) {
        return ((Claim.Send) claim(act)).held();
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
