package dev.patchbay.effects.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@PatchbayTest
class UnclaimedEffectTests {

    private static final TenantId TENANT = new TenantId("tnt_demo");

    @Autowired
    private EffectRepository effects;

    @Autowired
    private Tenancy tenancy;

    private boolean changes(Supplier<Boolean> change) {
        return tenancy.inTenant(TENANT, change);
    }

    @Test
    void nothingIsSettledWithoutItsClaim() {
        var key = new EffectKey(TENANT, new EffectOrigin.Run(new RunId("run_unclaimed")), "book", 0);
        var claim = new Claim(key, 1, Instant.EPOCH);
        var minute = Duration.ofMinutes(1);

        assertThat(changes(() -> effects.markUnknown(claim, "no answer", minute)))
                .isFalse();
        assertThat(changes(() -> effects.release(claim, minute))).isFalse();
        assertThat(changes(() -> effects.defer(claim, minute))).isFalse();
        assertThat(changes(() -> effects.park(claim))).isFalse();
        assertThat(changes(() -> effects.confirmDone(key, Json.object()))).isFalse();
    }
}
