package dev.patchbay.insights.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.insights.CallTranscripts.Speaker;
import dev.patchbay.insights.CallTranscripts.Utterance;
import org.junit.jupiter.api.Test;

class TranscriptParserTests {

    @Test
    void linesBecomeUtterances() {
        assertThat(TranscriptParser.parse("Agent: Hello.\nUser: Hi,\n this is Ada.\n\nAgent: Thanks."))
                .containsExactly(
                        new Utterance(Speaker.AGENT, "Hello."),
                        new Utterance(Speaker.CALLER, "Hi, this is Ada."),
                        new Utterance(Speaker.AGENT, "Thanks."));
    }

    @Test
    void aFirstLineWithoutALabelIsTheAgents() {
        assertThat(TranscriptParser.parse("Welcome.\nUser: Hi."))
                .containsExactly(new Utterance(Speaker.AGENT, "Welcome."), new Utterance(Speaker.CALLER, "Hi."));
        assertThat(TranscriptParser.parse(" \n")).isEmpty();
        assertThat(Speaker.CALLER.code()).isEqualTo("caller");
    }
}
