package dev.patchbay.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'call':{'transcript':'hello','id':'c'}} | {'call':{'id':'c'}}",
                "{'steps':[{'input':{'recordingUrl':'x','transcript':{'recordingUrl':'y'}}},1]} | {'steps':[{'input':{}},1]}",
                "{'call':{'id':'call_1'}} | {'call':{'id':'call_1'}}",
            })
    void transcriptsAreRemovedAtEveryDepth(String json, String removed) {
        assertThat(Transcripts.remove(read(json))).isEqualTo(read(removed));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'call':{'id':'new'}} | {'call':{'id':'old','transcript':'hi'}} | {'call':{'id':'new','transcript':'hi'}}",
                "{'call':{'transcript':null}} | {'call':{'transcript':'hi'}} | {'call':{'transcript':null}}",
                "{'calls':[{'a':1},{'b':2}]} | {'calls':[{'transcript':'hi'}]} | {'calls':[{'a':1,'transcript':'hi'},{'b':2}]}",
                "{'call':'none'} | {'call':{'transcript':'hi'}} | {'call':'none'}",
                "[{'a':1}] | {'transcript':'hi'} | [{'a':1}]",
                "{} | ['hi'] | {}",
            })
    void anEditedInputGetsItsTranscriptBack(String edited, String original, String restored) {
        assertThat(Transcripts.restore(read(edited), read(original))).isEqualTo(read(restored));
    }

    private static JsonNode read(String json) {
        return Json.read(json.replace('\'', '"'));
    }
}
