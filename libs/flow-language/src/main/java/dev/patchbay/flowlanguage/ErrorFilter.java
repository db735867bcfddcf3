package dev.patchbay.flowlanguage;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The properties an error must have, by equality: {@code type}, {@code status}, {@code instance}, {@code title}, {@code details}. */
public record ErrorFilter(Map<String, JsonNode> properties) {

    public ErrorFilter {
        properties = Map.copyOf(properties);
    }

    /** True when the error ({@code {type, status, title, detail, instance}}) has all of them; an empty filter matches every error. */
    public boolean matches(JsonNode error) {
        return properties.entrySet().stream()
                .allMatch(expected -> isEqual(expected.getValue(), error.path(nameInError(expected.getKey()))));
    }

    /** 404 is 404, however it is stored. */
    private static boolean isEqual(JsonNode expected, JsonNode actual) {
        return expected.isNumber() ? expected.asDouble() == actual.asDouble(Double.NaN) : expected.equals(actual);
    }

    /** The standard's filter says "details" where its error says "detail". */
    private static String nameInError(String property) {
        return property.equals("details") ? "detail" : property;
    }
}
