package dev.patchbay.flowlanguage;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A function that a flow may {@code call}.
 *
 * @param name such as {@code crm.upsertContact}
 * @param input JSON Schema of {@code with}
 * @param output JSON Schema of the result
 * @param undoneBy the function that undoes it, called with the result's {@code id}; empty where no function does
 */
public record Function(String name, JsonNode input, JsonNode output, Optional<String> undoneBy) {}
