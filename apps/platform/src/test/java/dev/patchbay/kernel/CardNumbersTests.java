package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CardNumbersTests {

    @Test
    void aLongLineOfSeparatorsIsNoPartOfACardNumber() {
        String apart = "4111" + "-".repeat(60) + "111111111111";

        assertThat(CardNumbers.mask(apart)).isEqualTo(apart);
    }

    @Test
    void aCardNumberEndsBeforeALetter() {
        assertThat(CardNumbers.mask("4111 1111-1111 1111x")).isEqualTo("[card]x");
    }

    @Test
    void digitsWithAWrongLuhnDigitStay() {
        assertThat(CardNumbers.mask("4111 1111 1111 1112")).isEqualTo("4111 1111 1111 1112");
    }
}
