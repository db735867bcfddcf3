package dev.patchbay.prompts.format;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A prompt with its variables filled in. Texts still write a leading {@code %} as {@code %%}, and addresses and secrets by name.
 *
 * @param lineMaps for each part, the line of the source's part that each rendered line comes from, from 0
 * @param problems of variables and values
 */
public record Rendered(
        ObjectNode agent,
        ObjectNode engine,
        Map<String, String> parts,
        Map<String, List<Integer>> lineMaps,
        List<PromptProblem> problems) {}
