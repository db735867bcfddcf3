package dev.patchbay.flowlanguage;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A function that a flow may {@code call}.
 *
 * @param name such as {@code crm.upsertContact}
 * @param input JSON Schema of {@code with}
 * @param output JSON Schema of what it returns
 * @param undoneBy the function that undoes it, given {@code {id}} of what it returned; empty where nothing does
 */
public record Function(String name, JsonNode input, JsonNode output, Optional<String> undoneBy) {}
