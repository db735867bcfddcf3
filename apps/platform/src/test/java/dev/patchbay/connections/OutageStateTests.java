package dev.patchbay.connections;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutageStateTests {

    @Test
    void anOutageBeginsAsASuspicionAndEndsAfterItsRecovery() {
        assertThat(OutageState.SUSPECTED.predecessorNames()).containsExactly("ENDED");
        assertThat(OutageState.AWAY.predecessorNames()).containsExactly("SUSPECTED", "AWAY", "RECOVERING");
        assertThat(OutageState.RECOVERING.predecessorNames()).containsExactly("AWAY", "RECOVERING");
        assertThat(OutageState.ENDED.predecessorNames()).containsExactly("SUSPECTED", "AWAY", "RECOVERING");
    }
}
