package dev.patchbay.prompts.format;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A variable of a prompt, {@code [[name]]} in its texts.
 *
 * @param required whether a client must have a value; then it has no default
 * @param help a hint for the person who enters the value
 * @param pattern a regular expression (RE2) for the whole text
 */
public record Variable(
        VariableType type,
        @Nullable String title,
        @Nullable String help,
        boolean required,
        @Nullable JsonNode defaultValue,
        @Nullable JsonNode min,
        @Nullable JsonNode max,
        @Nullable Integer maxLength,
        @Nullable String pattern,
        List<String> choices,
        @Nullable JsonNode example) {}
