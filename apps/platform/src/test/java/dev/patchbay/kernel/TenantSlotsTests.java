package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One tenant gets half of the places at most. */
class TenantSlotsTests {

    private static final TenantId ONE = new TenantId("tnt_one");
    private static final TenantId OTHER = new TenantId("tnt_other");
    private static final TenantId THIRD = new TenantId("tnt_third");

    @Test
    void oneTenantLeavesHalfOfThePlacesToOthers() {
        var slots = new TenantSlots(4);
        assertThat(slots.tryAcquire(ONE)).isTrue();
        assertThat(slots.tryAcquire(ONE)).isTrue();
        assertThat(slots.tryAcquire(ONE)).isFalse();
        assertThat(slots.tryAcquire(OTHER)).isTrue();
        assertThat(slots.tryAcquire(OTHER)).isTrue();
        assertThat(slots.tryAcquire(THIRD)).isFalse();

        slots.release(ONE);

        assertThat(slots.tryAcquire(THIRD)).isTrue();
        slots.release(ONE);
        slots.release(THIRD);
        assertThat(slots.tryAcquire(ONE)).isTrue();
    }

    @Test
    void aSinglePlaceIsAnybodys() {
        var slots = new TenantSlots(1);
        assertThat(slots.tryAcquire(ONE)).isTrue();
        assertThat(slots.tryAcquire(OTHER)).isFalse();
    }
}
