package dev.patchbay.flowlanguage.source;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.JsonSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parses YAML 1.2, a superset of JSON, from the parser's events. It builds plain JSON only, and rejects a hostile file at its first
 * alias, its first tag or its 65th level of nesting.
 */
public final class SourceText {

    /** The maximum size of a flow file: 256 KiB, as bytes in UTF-8. */
    public static final int MAX_BYTES = 256 * 1024;

    private static final int MAX_DEPTH = 64;
    private static final ScalarResolver RESOLVER = new JsonSchema().getScalarResolver();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** A decimal with a larger exponent could fill the memory when it is written without one. */
    private static final int MAX_SCALE = 400;

    private final Iterator<Event> events;
    private final boolean exactDecimals;
    private final Map<String, Integer> lines = new TreeMap<>();

    private SourceText(String text, int maxBytes, boolean exactDecimals) {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(maxBytes).build();
        this.events = new Parse(settings).parseString(text).iterator();
        this.exactDecimals = exactDecimals;
    }

    /**
     * Parses one document.
     *
     * @throws SourceRejected when the text is too large, is neither YAML nor JSON, or uses aliases, tags or duplicate keys
     */
    public static SourceTree parse(String text) {
        return parse(text, MAX_BYTES, false);
    }

    /**
     * Parses one document whose decimals keep their digits.
     *
     * @param maxBytes in UTF-8
     * @throws SourceRejected as {@link #parse(String)}
     */
    public static SourceTree parseExact(String text, int maxBytes) {
        return parse(text, maxBytes, true);
    }

    private static SourceTree parse(String text, int maxBytes, boolean exactDecimals) {
        if (text.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            throw new SourceRejected(
                    "",
                    1,
                    "too_large",
                    (exactDecimals ? "The file" : "A flow file") + " must not be larger than " + maxBytes / 1024
                            + " KiB.");
        }
        try {
            return new SourceText(text, maxBytes, exactDecimals).readDocument();
        } catch (MarkedYamlEngineException broken) {
            throw new SourceRejected("", line(broken.getProblemMark()), "not_yaml", sentence(broken));
        } catch (YamlEngineException broken) {
            throw new SourceRejected(
                    "",
                    1,
                    "not_yaml",
                    "The file is neither valid YAML nor valid JSON: it contains a character that YAML does not allow.");
        }
    }

    private SourceTree readDocument() {
        events.next(); // the stream starts
        if (events.next().getEventId() == Event.ID.StreamEnd) {
            throw new SourceRejected("", 1, "empty", "The file is empty.");
        }
        lines.put("", 1);
        JsonNode root = readNode(events.next(), "", 0);
        events.next(); // the document ends
        Event last = events.next();
        if (last.getEventId() != Event.ID.StreamEnd) {
            throw new SourceRejected(
                    "",
                    line(last.getStartMark()),
                    "several_documents",
                    "A flow file must hold one document; another begins here.");
        }
        return new SourceTree(root, lines);
    }

    private JsonNode readNode(Event event, String pointer, int depth) {
        if (depth > MAX_DEPTH) {
            throw rejection(pointer, event, "too_deep", "Values are nested more than 64 levels deep.");
        }
        return switch (event) {
            case AliasEvent _ ->
                throw rejection(pointer, event, "alias", "Aliases (*name) are not allowed in a flow file.");
            case ScalarEvent scalar -> readScalar(scalar, pointer);
            case MappingStartEvent start -> {
                rejectTag(start.getTag(), start, pointer);
                yield readMapping(pointer, depth);
            }
            case SequenceStartEvent start -> {
                rejectTag(start.getTag(), start, pointer);
                yield readSequence(pointer, depth);
            }
            default -> throw rejection(pointer, event, "not_yaml", "A value is missing here.");
        };
    }

    private static void rejectTag(Optional<String> tag, Event event, String pointer) {
        if (tag.isPresent()) {
            throw rejection(pointer, event, "tag", "Tags (!name) are not allowed in a flow file.");
        }
    }

    private ObjectNode readMapping(String pointer, int depth) {
        ObjectNode object = JSON.objectNode();
        for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
            if (!(next instanceof ScalarEvent key)) {
                throw rejection(pointer, next, "odd_key", "A key must be text, not a list or a mapping.");
            }
            rejectTag(key.getTag(), key, pointer);
            String name = readText(key, pointer);
            String childPointer = SourceTree.child(pointer, name);
            if (object.has(name)) {
                throw rejection(
                        childPointer, key, "duplicate_key", "“" + name + "” appears twice in the same mapping.");
            }
            lines.put(childPointer, line(key.getStartMark()));
            object.set(name, readNode(events.next(), childPointer, depth + 1));
        }
        return object;
    }

    private ArrayNode readSequence(String pointer, int depth) {
        ArrayNode array = JSON.arrayNode();
        for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            String childPointer = pointer + "/" + array.size();
            lines.put(childPointer, line(next.getStartMark()));
            array.add(readNode(next, childPointer, depth + 1));
        }
        return array;
    }

    private JsonNode readScalar(ScalarEvent event, String pointer) {
        rejectTag(event.getTag(), event, pointer);
        String value = readText(event, pointer);
        Tag tag = RESOLVER.resolve(value, event.isPlain());
        if (event.isPlain() && (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT))) {
            return exactDecimals ? readDecimal(event, pointer) : readNumber(event, pointer);
        }
        if (event.isPlain() && tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        // The resolver takes ${word} for an environment variable; in a flow it is an expression, which is text.
        return event.isPlain() && tag.equals(Tag.BOOL)
                ? JSON.booleanNode(value.equals("true"))
                : JSON.stringNode(value);
    }

    /** Rejects characters that an escape can write and PostgreSQL and UTF-8 cannot store: U+0000 and an unpaired surrogate. */
    private static String readText(ScalarEvent event, String pointer) {
        String text = event.getValue();
        if (text.codePoints().anyMatch(it -> it == 0 || Character.getType(it) == Character.SURROGATE)) {
            throw rejection(
                    pointer,
                    event,
                    "odd_character",
                    "This text contains \\u0000 or an unpaired surrogate, which cannot be stored.");
        }
        return text;
    }

    private static JsonNode readNumber(ScalarEvent event, String pointer) {
        try {
            return smallestInteger(Long.parseLong(event.getValue()));
        } catch (NumberFormatException notWhole) {
            double value = Double.parseDouble(
                    event.getValue().replace(".inf", "Infinity").replace(".nan", "NaN"));
            if (Double.isFinite(value)) {
                return JSON.numberNode(value);
            }
            throw rejection(
                    pointer,
                    event,
                    "odd_number",
                    "“" + event.getValue() + "” is not a number that JSON can represent.");
        }
    }

    private static JsonNode readDecimal(ScalarEvent event, String pointer) {
        try {
            BigDecimal value = new BigDecimal(event.getValue());
            if (Math.abs((long) value.scale()) <= MAX_SCALE) {
                return JSON.numberNode(value);
            }
        } catch (NumberFormatException infiniteOrNone) {
            // Refused below.
        }
        throw rejection(
                pointer, event, "odd_number", "“" + event.getValue() + "” is not a number that JSON can represent.");
    }

    /** Uses int where it suffices, as JSON parsers do, so that equal numbers are equal nodes. */
    private static JsonNode smallestInteger(long value) {
        return value == (int) value ? JSON.numberNode((int) value) : JSON.numberNode(value);
    }

    private static SourceRejected rejection(String pointer, Event event, String code, String sentence) {
        return new SourceRejected(pointer, line(event.getStartMark()), code, sentence);
    }

    private static int line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + 1;
    }

    private static String sentence(MarkedYamlEngineException broken) {
        String problem = String.valueOf(broken.getProblem())
                .lines()
                .findFirst()
                .orElse("")
                .strip();
        return "The file is neither valid YAML nor valid JSON: " + problem + ".";
    }
}
