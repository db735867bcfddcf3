package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** The keys spell anonymous, restricted, blocked, unknown, unavailable and private. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "+266696687",
                "+7378742833",
                "+2562533",
                "+8656696",
                "+86282452253",
                "+7748283",
                "+10000000000",
                "+11234567890"
            })
    void aNumberThatNoTelephoneHasIsNone(String written) {
        assertThat(PhoneNumber.read(written)).isEmpty();
        assertThat(PhoneNumber.read(written, "US")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "4155550123, US, +14155550123",
        "(415) 555-0123, US, +14155550123",
        "1-415-555-0123, US, +14155550123",
        "14155550123, US, +14155550123",
        "0151 23456789, DE, +4915123456789",
        "0049 151 23456789, DE, +4915123456789",
        "+49 151 23456789, US, +4915123456789",
        "020 7946 0958, GB, +442079460958",
        "01144 20 7946 0958, US, +442079460958",
        "06 12 34 56 78, FR, +33612345678",
        "044 668 18 00, CH, +41446681800",
        "+49 (0)30 1234567, US, +49301234567",
        "+1 415 555 0123 (mobile), US, +14155550123",
        "415-555-0123 cell, US, +14155550123",
        "0151 23456789 privat, DE, +4915123456789",
        "+1 415 555 0123 ext. 45, US, +14155550123",
        "4915123456789, DE, +4915123456789",
        "1 (415) 555-0123, DE, +14155550123",
        "sip:+14155550123@sip.example.com, US, +14155550123",
        "0049 (0)151 23456789, DE, +4915123456789",
        "my number is 415.555.0123., US, +14155550123",
        "four one five five five five zero one two three, US, +14155550123",
        "'Four one five, double five, five, oh one two three', US, +14155550123",
        "plus one 415 triple five 0123, DE, +14155550123",
        "null eins sieben eins 1234567, DE, +491711234567",
        "null eins sieben eins doppel zwei drei vier fünf sechs sieben, DE, +491712234567",
        "seis uno dos tres cuatro cinco seis siete ocho, ES, +34612345678"
    })
    void readsNationalNumbersInTheirCountry(String written, String country, String e164) {
        assertThat(PhoneNumber.read(written, country).map(PhoneNumber::e164)).contains(e164);
    }

    @ParameterizedTest
    @CsvSource({"+14155550123, true", "+444155550123, false", "+442079460958, true"})
    void aPossibleNumberNeedNotBeAssigned(String written, boolean assigned) {
        assertThat(PhoneNumber.read(written).map(PhoneNumber::isAssigned)).contains(assigned);
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

    /** A search that tries each blank as the beginning of a remark would take minutes here. */
    @Test
    void longTextsAreNotSearched() {
        String blanks = "4" + " ".repeat(300_000) + "4";

        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(PhoneNumber.read(blanks, "US")).isEmpty());
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(PhoneNumber.read(blanks)).isEmpty());
    }
}
