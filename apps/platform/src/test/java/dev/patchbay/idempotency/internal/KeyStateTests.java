package dev.patchbay.idempotency.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyStateTests {

    @ParameterizedTest
    @CsvSource({
        "OPEN, ANSWERED, true",
        "OPEN, UNREPEATABLE, true",
        "OPEN, OPEN, true",
        "ANSWERED, OPEN, true",
        "ANSWERED, UNREPEATABLE, false"
    })
    void aSettledKeyBecomesOnlyOpenAgain(KeyState state, KeyState next, boolean allowed) {
        assertThat(state.mayBecome(next)).isEqualTo(allowed);
    }
}
