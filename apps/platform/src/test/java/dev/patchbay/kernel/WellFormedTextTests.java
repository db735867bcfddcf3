package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WellFormedTextTests {

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\ud83db", "a\ude00b"})
    void aBrokenCharacterIsReplaced(String text) {
        assertThat(WellFormedText.of(text)).isEqualTo("a\ufffdb");
    }

    @Test
    void halvesAtTheEdgesAreReplacedAndWholePairsStay() {
        assertThat(WellFormedText.of("\ude00 \ud83d")).isEqualTo("\ufffd \ufffd");
        assertThat(WellFormedText.of("Ada 😀")).isEqualTo("Ada 😀");
    }
}
