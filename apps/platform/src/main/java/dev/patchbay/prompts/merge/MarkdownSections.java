package dev.patchbay.prompts.merge;

import com.google.re2j.Pattern;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * Cuts Markdown at its top-level ATX headings, so at none inside a code fence, a list or a quotation. The parser
 * leaves the inside of lines alone.
 */
final class MarkdownSections {

    private static final Parser PARSER = Parser.builder()
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .inlineParserFactory(_ -> (lines, block) -> {})
            .build();
    private static final Pattern MARKERS = Pattern.compile("^ {0,3}#{1,6}[ \\t]*|[ \\t]+(?:#+[ \\t]*)?$");

    private static final int MAX_SECTIONS = 5_000;

    /** The keys of a heading's subsections repeat its name, so that a long name would fill the memory. */
    private static final int MAX_NAME = 200;

    private MarkdownSections() {}

    private record Ancestor(int level, String path) {}

    /** The sections by their keys, in the text's order. A text without a line has none. */
    static SequencedMap<String, Section> cut(String text) {
        String[] lines = text.split("\n", -1);
        SequencedMap<String, Section> sections = new LinkedHashMap<>();
        Set<String> used = new HashSet<>();
        Map<String, Integer> numbers = new HashMap<>();
        Deque<Ancestor> ancestors = new ArrayDeque<>();
        String key = "";
        int start = 0;
        for (Map.Entry<Integer, Integer> heading : headings(text).entrySet()) {
            int line = heading.getKey();
            put(sections, key, lines, start, line);
            start = line;
            while (!ancestors.isEmpty() && ancestors.getLast().level() >= heading.getValue()) {
                ancestors.removeLast();
            }
            String parent = ancestors.isEmpty() ? "" : ancestors.getLast().path() + "/";
            key = unique(parent + name(lines[line]), used, numbers);
            ancestors.addLast(new Ancestor(heading.getValue(), key));
        }
        put(sections, key, lines, start, lines.length);
        return sections;
    }

    /** Levels by the headings' lines. No prompt has as many headings as would take seconds to compare; such a text is not cut. */
    private static Map<Integer, Integer> headings(String text) {
        Map<Integer, Integer> found = new TreeMap<>();
        for (Node block = PARSER.parse(text).getFirstChild(); block != null; block = block.getNext()) {
            // A heading underlined by = or - has two lines at least.
            if (block instanceof Heading heading && heading.getSourceSpans().size() == 1) {
                found.put(heading.getSourceSpans().getFirst().getLineIndex(), heading.getLevel());
            }
        }
        return found.size() > MAX_SECTIONS ? Map.of() : found;
    }

    /** The heading's text in lower case, without its markers. */
    static String name(String headingLine) {
        String name = MARKERS.matcher(headingLine).replaceAll("").strip().toLowerCase(Locale.ROOT);
        if (name.length() > MAX_NAME) {
            return name.substring(0, MAX_NAME) + "…" + Integer.toHexString(name.hashCode());
        }
        // An empty name is that of the text before the first heading.
        return name.isEmpty() ? "#" : name;
    }

    /** @param numbers of the next section with the same path */
    private static String unique(String path, Set<String> used, Map<String, Integer> numbers) {
        String key = path;
        while (!used.add(key)) {
            key = path + "#" + numbers.merge(path, 2, (last, first) -> last + 1);
        }
        return key;
    }

    private static void put(Map<String, Section> sections, String key, String[] lines, int start, int end) {
        boolean last = end == lines.length;
        int contentEnd = end;
        while (contentEnd > start && lines[contentEnd - 1].isBlank()) {
            contentEnd--;
        }
        List<String> content = List.copyOf(Arrays.asList(lines).subList(start, contentEnd));
        List<String> rest = Arrays.asList(lines).subList(contentEnd, end);
        String layout = (content.isEmpty() || (last && rest.isEmpty()) ? "" : "\n") + String.join("\n", rest);
        // The pieces of the split are separated by line ends; all but the last section end with one.
        if (!last && !rest.isEmpty()) {
            layout += "\n";
        }
        if (!content.isEmpty() || !layout.isEmpty()) {
            sections.put(key, new Section(key, content, layout));
        }
    }
}
