package dev.patchbay.kernel;

import tools.jackson.databind.JsonNode;

/** What was said in a call, and where it can be heard: whoever is shown it is written down. */
public final class Transcripts {

    private Transcripts() {}

    /** Whether any part of it tells what was said, or where the recording lies. */
    public static boolean in(JsonNode shown) {
        return shown.findValue("transcript") != null || shown.findValue("recordingUrl") != null;
    }
}
