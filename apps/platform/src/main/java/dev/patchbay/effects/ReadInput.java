package dev.patchbay.effects;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * An input whose values were read.
 *
 * @param input as the function's schema wants it, as far as the values allow
 * @param notes one sentence on each value that was changed or left out
 */
public record ReadInput(JsonNode input, List<String> notes) {}
