package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTests {

    @Test
    void parsesNumbersInInternationalFormat() {
        assertThat(PhoneNumber.read("+1 (415) 555-2671").map(PhoneNumber::toString))
                .contains("+14155552671");
    }

    @ParameterizedTest
    @ValueSource(strings = {"415 555 2671", "+1415", "nobody", ""})
    void rejectsOtherTexts(String written) {
        assertThat(PhoneNumber.read(written)).isEmpty();
    }

    @Test
    void equalNumbersAreEqualInEveryNotation() {
        var number = PhoneNumber.read("+14155552671").orElseThrow();

        assertThat(PhoneNumber.read("+1 415-555-2671"))
                .contains(number)
                .map(Object::hashCode)
                .contains(number.hashCode());
        assertThat(number).isNotEqualTo(PhoneNumber.read("+14155552672").orElseThrow());
        assertThat((Object) number).isNotEqualTo(number.e164());
    }

    @Test
    void cachesALimitedNumberOfShortTexts() {
        for (int i = 0; i < 5_000; i++) {
            String number = "+1415555" + String.format("%04d", i);
            assertThat(PhoneNumber.read(number).map(PhoneNumber::e164)).contains(number);
        }
        assertThat(PhoneNumber.read("+1 415 555 2671" + " ".repeat(100)).map(PhoneNumber::e164))
                .contains("+14155552671");
    }
}
