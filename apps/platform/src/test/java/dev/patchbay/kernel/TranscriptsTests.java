package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranscriptsTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'call':{'transcript':'hello'}} | true",
                "{'steps':[{'input':{'recordingUrl':'https://x'}}]} | true",
                "{'call':{'id':'call_1','summary':'booked'}} | false"
            })
    void transcriptsAreFoundAtAnyDepth(String json, boolean found) {
        assertThat(Transcripts.presentIn(Json.read(json.replace('\'', '"')))).isEqualTo(found);
    }
}
