package dev.patchbay.effects;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EffectStateTests {

    @ParameterizedTest
    @EnumSource
    void aSettledEffectIsFinal(EffectState next) {
        assertThat(EffectState.DONE.mayBecome(next)).isFalse();
        assertThat(EffectState.FAILED.mayBecome(next)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"PLANNED,UNKNOWN", "UNKNOWN,PLANNED", "DONE,PLANNED UNKNOWN", "FAILED,PLANNED UNKNOWN"})
    void aStateFollowsOnlyItsPredecessors(EffectState state, String predecessors) {
        assertThat(state.predecessors()).containsExactly(predecessors.split(" ", -1));
    }
}
