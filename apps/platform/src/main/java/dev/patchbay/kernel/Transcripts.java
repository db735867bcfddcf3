package dev.patchbay.kernel;

import tools.jackson.databind.JsonNode;

/** Recognises the transcript and the recording of a call in JSON: reading them is audited. */
public final class Transcripts {

    private Transcripts() {}

    /** Whether any part of the JSON holds a transcript or the address of a recording. */
    public static boolean presentIn(JsonNode json) {
        return json.findValue("transcript") != null || json.findValue("recordingUrl") != null;
    }
}
