package dev.patchbay.flows.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StepStatusTests {

    @ParameterizedTest
    @EnumSource
    void aSkippedOrUndoneStepIsFinal(StepStatus next) {
        assertThat(StepStatus.SKIPPED.mayBecome(next)).isFalse();
        assertThat(StepStatus.UNDONE.mayBecome(next)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aCompletedStepIsOnlyEverUndone(StepStatus next) {
        assertThat(StepStatus.COMPLETED.mayBecome(next)).isEqualTo(next == StepStatus.UNDONE);
        assertThat(StepStatus.of(next.code())).isEqualTo(next);
    }
}
