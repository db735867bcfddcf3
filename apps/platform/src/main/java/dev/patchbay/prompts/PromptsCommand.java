package dev.patchbay.prompts;

import dev.patchbay.kernel.Json;
import dev.patchbay.prompts.merge.JsonTrees;
import dev.patchbay.prompts.merge.MergeKind;
import dev.patchbay.prompts.merge.MergeResult;
import dev.patchbay.prompts.merge.PromptMerge;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The command line of prompts: {@code prompts merge <cases.json>}. It needs no database. */
public final class PromptsCommand {

    private PromptsCommand() {}

    /**
     * Merges every case of the file and compares the result with what the case expects. Prints one JSON object a line:
     * {@code {id, equal}}, and {@code {merged, conflicts}} where the result differs; last {@code {cases, equal}}.
     *
     * @param file {@code {cases: [{id, kind, base, template, local, merged, conflicts}]}}
     * @return whether every case has the expected result
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException for another command than {@code merge}, or a case that cannot be merged
     */
    public static boolean run(String command, Path file, PrintStream out) throws IOException {
        if (!command.equals("merge")) {
            throw new IllegalArgumentException("prompts merge <cases.json> is the only command");
        }
        int equal = 0;
        JsonNode cases = Json.read(Files.readAllBytes(file)).path("cases");
        for (JsonNode each : cases) {
            MergeResult result = PromptMerge.merge(
                    MergeKind.of(each.path("kind").asString()),
                    each.path("base"),
                    each.path("template"),
                    each.path("local"));
            var line = Json.object().put("id", each.path("id").asString());
            if (isAsExpected(each, result)) {
                equal++;
                out.println(line.put("equal", true));
            } else {
                out.println(line.put("equal", false).setAll((ObjectNode) Json.tree(result)));
            }
        }
        out.println(Json.object().put("cases", cases.size()).put("equal", equal));
        return equal == cases.size();
    }

    private static boolean isAsExpected(JsonNode expected, MergeResult result) {
        return JsonTrees.areEqual(expected.path("merged"), result.merged())
                && JsonTrees.areEqual(expected.path("conflicts"), Json.tree(result.conflicts()));
    }
}
