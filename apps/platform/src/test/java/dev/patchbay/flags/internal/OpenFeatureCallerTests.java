package dev.patchbay.flags.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.flags.FlagCaller;
import org.junit.jupiter.api.Test;

class OpenFeatureCallerTests {

    @Test
    void outsideOfARequestFlagsAreEvaluatedForNobody() {
        assertThat(OpenFeatureConfiguration.currentCaller()).isEqualTo(FlagCaller.NOBODY);
    }
}
