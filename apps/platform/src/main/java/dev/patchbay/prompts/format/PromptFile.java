package dev.patchbay.prompts.format;

import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * A prompt file, parsed.
 *
 * @param variables by name, in the file's order
 * @param agent Retell's agent without ids and versions; texts are escaped as in the file
 * @param settings the engine's object; {@code %part} stands where a part's text belongs
 * @param parts texts by their names: {@code general}, {@code state/book}, {@code node/intent}
 * @param lines of the front matter's values by JSON pointer, and of each part's first line by its name
 */
public record PromptFile(
        String name,
        String version,
        SequencedMap<String, Variable> variables,
        Engine engine,
        ObjectNode agent,
        ObjectNode settings,
        SequencedMap<String, String> parts,
        Map<String, Integer> lines) {

    static final String GENERAL = "general";
    static final String PART = "%part";

    /** The same file under another version. */
    public PromptFile withVersion(String other) {
        return new PromptFile(name, other, variables, engine, agent, settings, parts, lines);
    }

    /** The line of a value, of its nearest ancestor with one, or of a part; 1 when nothing is known of it. */
    int line(String place) {
        String ancestor = place;
        while (!lines.containsKey(ancestor) && ancestor.contains("/")) {
            ancestor = ancestor.substring(0, ancestor.lastIndexOf('/'));
        }
        return lines.getOrDefault(ancestor, 1);
    }
}
