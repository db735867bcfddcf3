package dev.patchbay.kernel;

import java.util.regex.Pattern;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Parses and writes JSON: duplicate members are rejected, decimals keep their digits. */
public final class Json {

    /** The mapper behind every method here, for adapters that bind records. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private static final String NUL = "\\u0000";
    /** Only after an even number of backslashes: after an odd number, the text is a backslash and {@code u0000}. */
    private static final Pattern ESCAPED_NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

    private static final JsonMapper CANONICAL = MAPPER.rebuild()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Json() {}

    /**
     * @throws tools.jackson.core.JacksonException when the bytes are not one JSON value
     */
    public static JsonNode read(byte[] bytes) {
        return MAPPER.readTree(bytes);
    }

    /**
     * @throws tools.jackson.core.JacksonException when the text is not one JSON value
     */
    public static JsonNode read(String text) {
        return MAPPER.readTree(text);
    }

    /**
     * Binds the tree to a record.
     *
     * @throws tools.jackson.core.JacksonException when the tree does not fit the type
     */
    public static <T> T read(JsonNode tree, Class<T> type) {
        return MAPPER.treeToValue(tree, type);
    }

    /**
     * Writes a value as JSON that every database and provider takes: U+0000, which PostgreSQL cannot store in a text, and halves
     * of surrogate pairs, which are no Unicode, become U+FFFD.
     */
    public static String write(Object value) {
        String text = MAPPER.writeValueAsString(value);
        String withoutNul = text.contains(NUL) ? ESCAPED_NUL.matcher(text).replaceAll("$1\\\\ufffd") : text;
        return WellFormedText.of(withoutNul);
    }

    /** The value as a tree, as {@link #write} would write it. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** A new, empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** SHA-256 of the value with sorted members: equal values have equal digests, in whatever order they were written. */
    public static byte[] digest(JsonNode value) {
        Object plain = MAPPER.treeToValue(value, Object.class);
        return Hashing.sha256(CANONICAL.writeValueAsBytes(plain));
    }
}
