package dev.patchbay.ingress;

import static dev.patchbay.ingress.EventStatus.CLAIMED;
import static dev.patchbay.ingress.EventStatus.DONE;
import static dev.patchbay.ingress.EventStatus.FAILED;
import static dev.patchbay.ingress.EventStatus.READY;
import static dev.patchbay.ingress.EventStatus.UNATTRIBUTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EventStatusTests {

    @Test
    void anEventMovesAlongItsLifeOnly() {
        assertThat(UNATTRIBUTED.mayBecome(READY)).isTrue();
        assertThat(UNATTRIBUTED.mayBecome(CLAIMED)).isFalse();
        assertThat(READY.mayBecome(CLAIMED)).isTrue();
        assertThat(READY.mayBecome(DONE)).isFalse();
        assertThat(Arrays.stream(EventStatus.values()).filter(CLAIMED::mayBecome))
                .containsExactly(READY, CLAIMED, DONE, FAILED);
        assertThat(FAILED.mayBecome(DONE)).isTrue();
    }

    @Test
    void exactlyTheReplayableStatusesBecomeReadyAgain() {
        assertThat(Arrays.stream(EventStatus.values()).filter(EventStatus::isReplayable))
                .containsExactly(DONE, FAILED)
                .allMatch(status -> status.mayBecome(READY));
    }
}
