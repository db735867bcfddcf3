package dev.patchbay.flowlanguage;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Matches errors by equality of {@code type}, {@code status}, {@code instance}, {@code title} and {@code details}. */
public record ErrorFilter(Map<String, JsonNode> properties) {

    public ErrorFilter {
        properties = Map.copyOf(properties);
    }

    /** True when the error ({@code {type, status, title, detail, instance}}) has all properties; an empty filter matches every error. */
    public boolean matches(JsonNode error) {
        return properties.entrySet().stream()
                .allMatch(expected -> isEqual(expected.getValue(), error.path(nameInError(expected.getKey()))));
    }

    /** Numbers are equal by value, whatever their type. */
    private static boolean isEqual(JsonNode expected, JsonNode actual) {
        return expected.isNumber() ? expected.asDouble() == actual.asDouble(Double.NaN) : expected.equals(actual);
    }

    /** The standard names the member "details" in a filter and "detail" in an error. */
    private static String nameInError(String property) {
        return property.equals("details") ? "detail" : property;
    }
}
