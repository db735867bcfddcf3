package dev.patchbay.prompts.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts below the front matter. The newline before a marker line belongs to the marker. A line of text that looks like a
 * marker has a backslash before it, one more than it has of its own.
 */
final class PromptBody {

    private static final Pattern MARKER = Pattern.compile("%%% (.*)");
    private static final Pattern PART = Pattern.compile("(state|node)/.+");
    private static final Pattern ESCAPED = Pattern.compile("(?m)^\\\\(\\\\*%%% )");
    private static final Pattern LOOKS_LIKE_MARKER = Pattern.compile("(?m)^(\\\\*%%% )");

    private PromptBody() {}

    /** @param first index of the first line after the front matter */
    static SequencedMap<String, String> parse(
            List<String> lines, int first, Map<String, Integer> places, List<PromptProblem> problems) {
        SequencedMap<String, String> parts = new LinkedHashMap<>();
        String name = PromptFile.GENERAL;
        List<String> text = new ArrayList<>();
        places.put(name, first + 1);
        for (int i = first; i < lines.size(); i++) {
            Matcher marker = MARKER.matcher(lines.get(i));
            if (!marker.matches()) {
                text.add(lines.get(i));
                continue;
            }
            parts.put(name, unescape(text));
            text.clear();
            name = marker.group(1).stripTrailing();
            if (!PART.matcher(name).matches()) {
                problems.add(PromptProblem.error(name, "", i + 1, "unknown_part", "There is no part “" + name + "”.")
                        .withHint("A part is state/<name> or node/<id>; a text line is written \\%%% ."));
            } else if (parts.containsKey(name)) {
                problems.add(PromptProblem.error(name, "", i + 1, "part_doubled", "The part stands twice."));
            }
            places.put(name, i + 2);
        }
        parts.put(name, unescape(text));
        return parts;
    }

    static String write(SequencedMap<String, String> parts) {
        StringBuilder body = new StringBuilder();
        body.append(escape(parts.getOrDefault(PromptFile.GENERAL, "")));
        parts.forEach((name, text) -> {
            if (!name.equals(PromptFile.GENERAL)) {
                body.append("\n%%% ").append(name).append('\n').append(escape(text));
            }
        });
        return body.toString();
    }

    private static String unescape(List<String> lines) {
        return ESCAPED.matcher(String.join("\n", lines)).replaceAll("$1");
    }

    private static String escape(String text) {
        return LOOKS_LIKE_MARKER.matcher(text).replaceAll("\\\\$1");
    }
}
