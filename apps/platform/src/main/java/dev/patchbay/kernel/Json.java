package dev.patchbay.kernel;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Parses and writes JSON. Duplicate members are rejected, and decimals keep their digits. */
public final class Json {

    /** The mapper of all methods here, for adapters that bind records. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private static final String NUL = "\\u0000";
    /**
     * Matches {@code u0000} only after an even number of backslashes before its own. After an odd number, the text is a
     * backslash followed by {@code u0000}.
     */
    private static final Pattern ESCAPED_NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

    private static final JsonMapper CANONICAL = MAPPER.rebuild()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Json() {}

    /**
     * Reads one JSON value.
     *
     * @throws tools.jackson.core.JacksonException when the bytes are not one JSON value
     */
    public static JsonNode read(byte[] bytes) {
        return readNumbers(() -> MAPPER.readTree(bytes));
    }

    /**
     * Reads one JSON value.
     *
     * @throws tools.jackson.core.JacksonException when the text is not one JSON value
     */
    public static JsonNode read(String text) {
        return readNumbers(() -> MAPPER.readTree(text));
    }

    /** Reads JSON and turns the JDK's exception for an exponent beyond the range of an int into an exception of the parser. */
    private static JsonNode readNumbers(Supplier<JsonNode> reading) {
        try {
            return reading.get();
        } catch (NumberFormatException beyond) {
            throw new StreamReadException(null, "A number is beyond what can be read.", beyond);
        }
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
     * Writes a value as JSON that every database and provider accepts. U+0000, which PostgreSQL cannot store in a text, and
     * halves of surrogate pairs, which are not Unicode, become U+FFFD.
     */
    public static String write(Object value) {
        String text = MAPPER.writeValueAsString(value);
        String withoutNul = text.contains(NUL) ? ESCAPED_NUL.matcher(text).replaceAll("$1\\\\ufffd") : text;
        return WellFormedText.of(withoutNul);
    }

    /** Returns the value as a tree, as {@link #write} would write it. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** Returns a new, empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Returns the SHA-256 of the value with sorted members. Equal values have equal digests, whatever the order of their
     * members.
     */
    public static byte[] digest(JsonNode value) {
        Object plain = MAPPER.treeToValue(value, Object.class);
        return Hashing.sha256(CANONICAL.writeValueAsBytes(plain));
    }
}
