package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTests {

    @Test
    void readsWhatAPersonWroteWithItsCountryCode() {
        assertThat(PhoneNumber.read("+1 (415) 555-2671").map(PhoneNumber::toString))
                .contains("+14155552671");
    }

    @ParameterizedTest
    @ValueSource(strings = {"415 555 2671", "+1415", "nobody", ""})
    void findsNoNumberInAnythingElse(String written) {
        assertThat(PhoneNumber.read(written)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"14155552671", "+1 415 555 2671", "+1"})
    void isWrittenInE164Only(String written) {
        assertThatThrownBy(() -> new PhoneNumber(written)).isInstanceOf(IllegalArgumentException.class);
    }
}
