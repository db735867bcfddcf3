package dev.patchbay.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenMinutesTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "45; 45",
                "90 min; 90",
                "30-minute; 30",
                "30 minute appointment; 30",
                "60.0; 60",
                "7.5; 7.5",
                "1 hour; 60",
                "1.5h; 90",
                "1,5 Stunden; 90",
                "1 hour 30 minutes; 90",
                "1 hr and 15 min; 75",
                "1h30; 90",
                "PT45M; 45",
                "PT1H; 60",
                "PT1H30M; 90",
                "0:45; 45",
                "1:30 h; 90",
                "half an hour; 30",
                "An hour and a half; 90",
                "about an hour; 60",
                "thirty minutes; 30",
                "eine halbe Stunde; 30",
                "anderthalb Stunden; 90",
                "eine Viertelstunde; 15",
                "media hora; 30",
                "une demi-heure; 30",
                "fifty minutes; 50",
                "forty-five minutes; 45",
                "three hours; 180",
                "two and a half hours; 150",
                "zwei Stunden; 120",
                "fünfundvierzig Minuten; 45",
                "00:30:00; 30",
                "an hour and fifteen minutes; 75",
                "a 30 minute call; 30",
                "ten; 10"
            })
    void lengthsAreReadAsPeopleWriteThem(String written, String minutes) {
        assertThat(WrittenMinutes.read(written).orElseThrow()).isEqualByComparingTo(minutes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "long", "-5", "PT", "1:5", "30 to 60", "a few"})
    void aTextWithoutALengthIsNone(String written) {
        assertThat(WrittenMinutes.read(written)).isEmpty();
    }

    @Test
    void longTextsAreNotSearched() {
        assertThat(WrittenMinutes.read("30" + " ".repeat(200))).isEmpty();
    }
}
