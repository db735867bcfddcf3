package dev.patchbay.integrations.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsSegmentsTests {

    @ParameterizedTest
    @CsvSource({
        "a, 0, 1",
        "a, 160, 1",
        "a, 161, 2",
        "a, 306, 2",
        "a, 307, 3",
        "€, 80, 1",
        "€, 81, 2",
        "ß, 160, 1",
        "ы, 70, 1",
        "ы, 71, 2",
        "ы, 135, 3"
    })
    void countsByAlphabetAndLength(String character, int length, int segments) {
        assertThat(SmsSegments.count(character.repeat(length))).isEqualTo(segments);
    }
}
