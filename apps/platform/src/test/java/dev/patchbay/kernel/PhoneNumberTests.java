package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    void isTheSameNumberHoweverItWasWritten() {
        var number = PhoneNumber.read("+14155552671").orElseThrow();

        assertThat(PhoneNumber.read("+1 415-555-2671"))
                .contains(number)
                .map(Object::hashCode)
                .contains(number.hashCode());
        assertThat(number).isNotEqualTo(PhoneNumber.read("+14155552672").orElseThrow());
        assertThat((Object) number).isNotEqualTo(number.e164());
    }
}
