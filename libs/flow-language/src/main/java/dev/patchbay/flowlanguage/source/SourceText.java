package dev.patchbay.flowlanguage.source;

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
 * Reads YAML 1.2, of which JSON is a part, from the parser's events: nothing is constructed that is not plain JSON,
 * and a hostile file is refused at its first alias, tag or 65th level.
 */
public final class SourceText {

    /** Bytes in UTF-8. */
    public static final int LARGEST = 256 * 1024;

    private static final int DEEPEST = 64;
    private static final ScalarResolver RESOLVER = new JsonSchema().getScalarResolver();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Iterator<Event> events;
    private final Map<String, Integer> lines = new TreeMap<>();

    private SourceText(String text) {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(LARGEST).build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /** Reads one document.
     *
     * @throws SourceRefused when the text is too large, not YAML or JSON, or uses what flow files may not */
    public static SourceTree parse(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > LARGEST) {
            throw new SourceRefused("", 1, "too_large", "A flow file may have 256 KiB at most.");
        }
        try {
            return new SourceText(text).document();
        } catch (MarkedYamlEngineException broken) {
            throw new SourceRefused("", line(broken.getProblemMark()), "not_yaml", sentence(broken));
        } catch (YamlEngineException broken) {
            throw new SourceRefused(
                    "", 1, "not_yaml", "This is neither YAML nor JSON: it holds a character that text cannot have.");
        }
    }

    private SourceTree document() {
        events.next(); // the stream starts
        if (events.next().getEventId() == Event.ID.StreamEnd) {
            throw new SourceRefused("", 1, "empty", "The file is empty.");
        }
        lines.put("", 1);
        JsonNode root = node(events.next(), "", 0);
        events.next(); // the document ends
        Event last = events.next();
        if (last.getEventId() != Event.ID.StreamEnd) {
            throw new SourceRefused(
                    "",
                    line(last.getStartMark()),
                    "several_documents",
                    "A file holds one flow, and this one goes on after it.");
        }
        return new SourceTree(root, lines);
    }

    private JsonNode node(Event event, String pointer, int depth) {
        if (depth > DEEPEST) {
            throw refused(pointer, event, "too_deep", "Values are nested more than 64 levels deep.");
        }
        return switch (event) {
            case AliasEvent _ ->
                throw refused(pointer, event, "alias", "Aliases (*name) are not allowed in a flow file.");
            case ScalarEvent scalar -> scalar(scalar, pointer);
            case MappingStartEvent start -> {
                refuseTag(start.getTag(), start, pointer);
                yield mapping(pointer, depth);
            }
            case SequenceStartEvent start -> {
                refuseTag(start.getTag(), start, pointer);
                yield sequence(pointer, depth);
            }
            default -> throw refused(pointer, event, "not_yaml", "A value is missing here.");
        };
    }

    private static void refuseTag(Optional<String> tag, Event event, String pointer) {
        if (tag.isPresent()) {
            throw refused(pointer, event, "tag", "Tags (!name) are not allowed in a flow file.");
        }
    }

    private ObjectNode mapping(String pointer, int depth) {
        ObjectNode object = JSON.objectNode();
        for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
            if (!(next instanceof ScalarEvent key)) {
                throw refused(pointer, next, "odd_key", "A key must be plain text.");
            }
            refuseTag(key.getTag(), key, pointer);
            String name = text(key, pointer);
            String place = SourceTree.child(pointer, name);
            if (object.has(name)) {
                throw refused(place, key, "duplicate_key", "“" + name + "” stands here twice.");
            }
            lines.put(place, line(key.getStartMark()));
            object.set(name, node(events.next(), place, depth + 1));
        }
        return object;
    }

    private ArrayNode sequence(String pointer, int depth) {
        ArrayNode array = JSON.arrayNode();
        for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            String place = pointer + "/" + array.size();
            lines.put(place, line(next.getStartMark()));
            array.add(node(next, place, depth + 1));
        }
        return array;
    }

    private static JsonNode scalar(ScalarEvent event, String pointer) {
        refuseTag(event.getTag(), event, pointer);
        String value = text(event, pointer);
        Tag tag = RESOLVER.resolve(value, event.isPlain());
        if (event.isPlain() && (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT))) {
            return number(event, pointer);
        }
        if (event.isPlain() && tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        // ${word} is a variable of the environment to the resolver; here it is an expression, which is text.
        return event.isPlain() && tag.equals(Tag.BOOL)
                ? JSON.booleanNode(value.equals("true"))
                : JSON.stringNode(value);
    }

    /** Escapes can write what no table, and no digest, can hold: a null character, and half of a surrogate pair. */
    private static String text(ScalarEvent event, String pointer) {
        String text = event.getValue();
        if (text.codePoints().anyMatch(it -> it == 0 || Character.getType(it) == Character.SURROGATE)) {
            throw refused(
                    pointer,
                    event,
                    "odd_character",
                    "A text here holds \\u0000 or half of a pair, which cannot be stored.");
        }
        return text;
    }

    private static JsonNode number(ScalarEvent event, String pointer) {
        try {
            return whole(Long.parseLong(event.getValue()));
        } catch (NumberFormatException notWhole) {
            double value = Double.parseDouble(
                    event.getValue().replace(".inf", "Infinity").replace(".nan", "NaN"));
            if (Double.isFinite(value)) {
                return JSON.numberNode(value);
            }
            throw refused(pointer, event, "odd_number", "“" + event.getValue() + "” is not a number JSON can hold.");
        }
    }

    /** In the smallest type, as JSON parsers do, so that equal numbers are equal nodes. */
    private static JsonNode whole(long value) {
        return value == (int) value ? JSON.numberNode((int) value) : JSON.numberNode(value);
    }

    private static SourceRefused refused(String pointer, Event event, String code, String sentence) {
        return new SourceRefused(pointer, line(event.getStartMark()), code, sentence);
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
        return "This is neither YAML nor JSON: " + problem + ".";
    }
}
