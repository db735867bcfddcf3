package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AbsentTextTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "N/A",
                "N/A.",
                "NA",
                "\"\"",
                "\"null\"",
                "(none)",
                "<UNKNOWN>",
                "{caller_name}",
                "not_provided",
                "Not provided by caller",
                "email not provided",
                "no phone number given",
                "declined to provide",
                "caller did not say",
                "Unknown Caller",
                "WIRELESS CALLER",
                "not sure yet",
                "to be determined",
                "wurde nicht genannt",
                " n/a ",
                "None",
                "NULL",
                "undefined",
                "not yet provided",
                "Not asked",
                "no email address",
                "no name",
                "-",
                "—",
                "?",
                "...",
                "{{email}}",
                "${email}",
                "<caller name>",
                "[phone number]",
                "unbekannt",
                "keine E-Mail",
                "keine Angaben",
                "nicht genannt",
                "k. A.",
                "desconocido",
                "non renseigné",
                "onbekend"
            })
    void aTextThatSaysThatThereIsNoValueIsNone(String text) {
        assertThat(AbsentText.matches(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Na",
                "Null",
                "Nil",
                "Keiner",
                "Noah",
                "no",
                "None of the above",
                "Ada",
                "<b>Ada</b>",
                "n/a or so"
            })
    void namesAndSentencesAreValues(String text) {
        assertThat(AbsentText.matches(text)).isFalse();
    }
}
