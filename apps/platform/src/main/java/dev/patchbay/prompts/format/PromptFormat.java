package dev.patchbay.prompts.format;

import dev.patchbay.flowlanguage.source.SourceRejected;
import dev.patchbay.flowlanguage.source.SourceText;
import dev.patchbay.flowlanguage.source.SourceTree;
import dev.patchbay.kernel.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * Reads and writes prompt files (docs/prompts.md). {@code ---}, YAML, {@code ---}, the part {@code general}, then each further
 * part after a line {@code %%% state/<name>} or {@code %%% node/<id>}.
 */
public final class PromptFormat {

    /** The size of a file, in bytes of UTF-8. */
    public static final int MAX_BYTES = 1024 * 1024;

    private static final Pattern VERSION = Pattern.compile("(0|[1-9][0-9]{0,8})(\\.(0|[1-9][0-9]{0,8})){2}");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{1,62}");
    private static final String FENCE = "---";
    private static final List<String> MEMBERS = List.of("name", "version", "variables", "retell");
    private static final List<String> RETELL_MEMBERS = List.of("engine", "agent", "settings");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .build();

    private PromptFormat() {}

    /**
     * Parses a file.
     *
     * @throws PromptRejected with every problem that can be told
     */
    public static PromptFile parse(String text) {
        if (text.length() > MAX_BYTES) {
            throw rejected(1, "too_large", "A prompt file must not be larger than 1 MiB.");
        }
        List<String> lines = List.of(text.replace("\r\n", "\n").split("\n", -1));
        if (!lines.getFirst().equals(FENCE)) {
            throw rejected(
                    1, "no_front_matter", "A prompt file begins with a line ---, then its YAML, then another ---.");
        }
        int end = lines.subList(1, lines.size()).indexOf(FENCE) + 1;
        if (end == 0) {
            throw rejected(1, "no_front_matter", "The front matter has no end: a line that is ---.");
        }
        SourceTree front = readFrontMatter(String.join("\n", lines.subList(1, end)));
        List<PromptProblem> problems = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        front.lines().forEach((pointer, line) -> places.put(pointer, line + 1));
        SequencedMap<String, String> parts = PromptBody.parse(lines, end + 1, places, problems);
        PromptFile file = read(front.root(), parts, places, problems);
        PromptParts.check(file, problems);
        if (!problems.isEmpty()) {
            throw new PromptRejected(problems);
        }
        return file;
    }

    private static SourceTree readFrontMatter(String yaml) {
        try {
            return SourceText.parseExact(yaml, MAX_BYTES);
        } catch (SourceRejected broken) {
            throw new PromptRejected(
                    PromptProblem.error("", broken.path(), broken.line() + 1, broken.code(), broken.sentence()));
        }
    }

    private static PromptFile read(
            JsonNode root,
            SequencedMap<String, String> parts,
            Map<String, Integer> places,
            List<PromptProblem> problems) {
        requireObject(root, "", places);
        JsonNode retell = root.path("retell");
        requireObject(retell, "/retell", places);
        requireObject(retell.path("agent"), "/retell/agent", places);
        requireObject(retell.path("settings"), "/retell/settings", places);
        rejectOthers(root, "", MEMBERS, places, problems);
        rejectOthers(retell, "/retell", RETELL_MEMBERS, places, problems);
        String name = requireText(root, "name", NAME, "small letters, digits and hyphens", places, problems);
        String version = requireText(root, "version", VERSION, "three numbers, such as 1.2.0", places, problems);
        Engine engine = Engine.find(retell.path("engine").asString("")).orElse(null);
        if (engine == null) {
            problems.add(PromptProblem.error(
                    "",
                    "/retell/engine",
                    places.getOrDefault("/retell/engine", 1),
                    "schema",
                    "engine is retell-llm or conversation-flow."));
        }
        return new PromptFile(
                name,
                version,
                VariableReader.read(root.path("variables"), places, problems),
                engine == null ? Engine.RETELL_LLM : engine,
                (ObjectNode) retell.path("agent"),
                (ObjectNode) retell.path("settings"),
                parts,
                places);
    }

    private static String requireText(
            JsonNode root,
            String member,
            Pattern form,
            String description,
            Map<String, Integer> places,
            List<PromptProblem> problems) {
        String value = root.path(member).asString("");
        if (!form.matcher(value).matches()) {
            problems.add(PromptProblem.error(
                    "",
                    "/" + member,
                    places.getOrDefault("/" + member, 1),
                    "schema",
                    member + " is missing or not of the form: " + description + "."));
        }
        return value;
    }

    private static void rejectOthers(
            JsonNode object,
            String pointer,
            List<String> members,
            Map<String, Integer> places,
            List<PromptProblem> problems) {
        for (String member : object.propertyNames()) {
            if (!members.contains(member)) {
                String place = SourceTree.child(pointer, member);
                problems.add(PromptProblem.error(
                                "",
                                place,
                                places.getOrDefault(place, 1),
                                "schema",
                                "“" + member + "” is no member of a prompt file.")
                        .withHint("There are " + String.join(", ", members) + "."));
            }
        }
    }

    private static void requireObject(JsonNode value, String pointer, Map<String, Integer> places) {
        if (!value.isObject()) {
            throw new PromptRejected(PromptProblem.error(
                    "",
                    pointer,
                    places.getOrDefault(pointer, 1),
                    "schema",
                    (pointer.isEmpty() ? "The front matter" : pointer.substring(1)) + " must be a mapping."));
        }
    }

    private static PromptRejected rejected(int line, String code, String message) {
        return new PromptRejected(PromptProblem.error("", "", line, code, message));
    }

    /** Writes a file that {@link #parse} reads as the same. */
    public static String write(PromptFile file) {
        ObjectNode front = Json.object().put("name", file.name()).put("version", file.version());
        if (!file.variables().isEmpty()) {
            front.set("variables", VariableReader.write(file.variables()));
        }
        ObjectNode retell =
                front.putObject("retell").put("engine", file.engine().wireName());
        retell.set("agent", file.agent());
        retell.set("settings", file.settings());
        return FENCE + "\n" + YAML.writeValueAsString(front) + FENCE + "\n" + PromptBody.write(file.parts());
    }
}
