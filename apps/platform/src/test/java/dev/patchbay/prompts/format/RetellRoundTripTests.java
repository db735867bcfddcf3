package dev.patchbay.prompts.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import dev.patchbay.prompts.merge.JsonTrees;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Retell's objects survive the way into a file and back, whatever their texts hold. */
class RetellRoundTripTests {

    private static final List<String> HOSTILE = List.of(
            "%part",
            "%address ingress.retell",
            "%%",
            "%",
            "[[name]]",
            "\\[[name]]",
            "\\\\[[x]]",
            "[[client_name]] and {{current_time}}",
            "%%% state/x",
            "\\%%% state/x",
            "a\n%%% node/y\nb",
            "\n%%% ",
            "---",
            "---\nname: x\n---\n",
            "a\n---\nb",
            "",
            " ",
            "\n",
            "\n\n",
            "trailing \n",
            "\ttab",
            "# heading",
            "- item",
            "key: value",
            "'quoted'",
            "\"quoted\"",
            "yes",
            "no",
            "null",
            "~",
            "1e3",
            "0x10",
            "2026-01-01",
            "*alias",
            "&anchor",
            "!tag",
            "| block",
            "> folded",
            "\u00e9\u4e2d\ud83d\ude00",
            "\u2028\u2029\u0085",
            "\ufeff",
            "a\r\nb",
            "a\rb",
            "\u0001\u001f\u007f",
            "{{a}}[[b]]",
            "${{ x }}",
            "x".repeat(5000),
            "back\\slash\\",
            "`",
            "@",
            "#",
            "? x",
            ": ");

    @Test
    void aThousandHostileAgentsComeBackAsEqualTrees() {
        for (int seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            Engine engine = List.of(Engine.values()).get(seed % 2);
            ObjectNode agent = object(random, 2);
            ObjectNode settings = object(random, 2);
            settings.put(engine == Engine.RETELL_LLM ? "general_prompt" : "global_prompt", text(random));
            ArrayNode parts = settings.putArray(engine == Engine.RETELL_LLM ? "states" : "nodes");
            for (int i = random.nextInt(4); i > 0; i--) {
                if (engine == Engine.RETELL_LLM) {
                    parts.add(object(random, 1).put("name", name(random)).put("state_prompt", text(random)));
                } else {
                    ObjectNode node = object(random, 1).put("id", name(random));
                    node.putObject("instruction").put("type", "prompt").put("text", text(random));
                    parts.add(node);
                }
            }

            String file = PromptFormat.write(RetellObjects.read("imported", engine, agent, settings));
            PromptFile parsed = PromptFormat.parse(file);
            Rendered rendered = PromptRenderer.render(parsed, Map.of());

            assertThat(rendered.problems()).as("seed %d", seed).isEmpty();
            assertThat(PromptFormat.write(parsed)).isEqualTo(file);
            assertEqual(seed, agent, PromptRenderer.resolve(rendered.agent(), name -> Optional.empty()));
            assertEqual(seed, settings, PromptRenderer.resolve(rendered.engine(), name -> Optional.empty()));
        }
    }

    private static void assertEqual(int seed, ObjectNode expected, ObjectNode actual) {
        assertThat(JsonTrees.areEqual(expected, actual))
                .as("seed %d\n%s\n%s", seed, expected, actual)
                .isTrue();
    }

    @Test
    void idsAndVersionsAreNoPartOfAFile() {
        ObjectNode agent = Json.object()
                .put("agent_id", "agent_1")
                .put("version", 4)
                .put("is_published", true)
                .put("voice_id", "v");
        agent.putObject("response_engine").put("llm_id", "llm_1");

        PromptFile file = RetellObjects.read(
                "x-y", Engine.RETELL_LLM, agent, Json.object().put("llm_id", "llm_1"));

        assertThat(PromptFormat.write(file))
                .doesNotContain("agent_1", "llm_1", "is_published")
                .contains("voice_id");
    }

    @Test
    void aBundleIsAnAgentWithItsEngine() {
        ObjectNode bundle = Json.object();
        bundle.putObject("agent").put("voice_id", "v");
        assertThat(RetellObjects.readBundle("a-b", bundle)).isEmpty();
        bundle.putObject("conversation_flow").put("global_prompt", "Be kind.");
        assertThat(RetellObjects.readBundle("a-b", bundle).orElseThrow().parts())
                .containsEntry("general", "Be kind.");
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(HOSTILE.get(random.nextInt(HOSTILE.size())));
            text.append(random.nextInt(3) == 0 ? "\n" : "");
        }
        return text.toString();
    }

    private static String name(Random random) {
        return random.nextInt(3) == 0 ? HOSTILE.get(random.nextInt(HOSTILE.size())) : "s" + random.nextInt(3);
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode object = Json.object();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.set("m" + name(random), value(random, depth));
        }
        return object;
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> Json.tree(random.nextInt());
            case 1 ->
                Json.read("[0.1, 1e5, -2.50, 12345678901234567890, 0.12345678901234567890123, 1E+5]")
                        .get(random.nextInt(6));
            case 2 -> Json.tree(random.nextBoolean());
            case 3, 4 -> Json.tree(text(random));
            case 5 -> object(random, depth - 1);
            default ->
                Json.MAPPER.createArrayNode().add(value(random, depth - 1)).add(value(random, depth - 1));
        };
    }
}
