package dev.patchbay.insights.internal;

import dev.patchbay.insights.CallTranscripts.Speaker;
import dev.patchbay.insights.CallTranscripts.Utterance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a transcript of lines {@code Agent: …} and {@code User: …}, as Retell writes it. */
final class TranscriptParser {

    private static final Map<String, Speaker> LABELS = Map.of("Agent: ", Speaker.AGENT, "User: ", Speaker.CALLER);

    private TranscriptParser() {}

    /**
     * Parses a transcript. A line without a label continues the utterance before it; at the beginning, it belongs to the agent.
     */
    static List<Utterance> parse(String transcript) {
        var utterances = new ArrayList<Utterance>();
        transcript.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            var label = LABELS.keySet().stream().filter(line::startsWith).findFirst();
            if (label.isPresent()) {
                String text = line.substring(label.get().length());
                utterances.add(new Utterance(LABELS.getOrDefault(label.get(), Speaker.AGENT), text));
            } else if (utterances.isEmpty()) {
                utterances.add(new Utterance(Speaker.AGENT, line));
            } else {
                var before = utterances.removeLast();
                utterances.add(new Utterance(before.speaker(), before.text() + " " + line));
            }
        });
        return List.copyOf(utterances);
    }
}
