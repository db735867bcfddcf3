package dev.patchbay.prompts.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeChunk;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Properties of every merge, on generated triples. A failure names the seed of its triple. */
class MergePropertyTests {

    private static final int TRIPLES = 10_000;

    @Test
    void noLineOfEitherSideIsLostSilentlyAndNoneDeletedComesBack() {
        for (int seed = 0; seed < TRIPLES; seed++) {
            Random random = new Random(seed);
            String base = PromptTexts.random(random);
            String template = PromptTexts.edit(base, random, "T");
            String local = PromptTexts.edit(base, random, "L");

            MergeResult result = PromptMerge.merge(MergeKind.TEXT, node(base), node(template), node(local));

            List<String> merged = lines(result.merged().asString());
            Set<String> shown = result.conflicts().stream()
                    .flatMap(conflict -> Stream.of(conflict.template(), conflict.local(), conflict.base()))
                    .filter(side -> side != null)
                    .flatMap(side -> lines(side.asString()).stream())
                    .collect(Collectors.toSet());
            Set<String> before = new HashSet<>(lines(base));
            Set<String> there = new HashSet<>(lines(template));
            Set<String> here = new HashSet<>(lines(local));
            for (Set<String> side : List.of(there, here)) {
                for (String line : side) {
                    if (!before.contains(line)) {
                        assertThat(merged.contains(line) || shown.contains(line))
                                .as("seed %d: %s is lost", seed, line)
                                .isTrue();
                    }
                }
            }
            List<String> baseLines = lines(base);
            for (String line : before) {
                // A heading that stands twice may go once on each side.
                if (Collections.frequency(baseLines, line) > 1) {
                    continue;
                }
                if (there.contains(line) && here.contains(line)) {
                    assertThat(merged.contains(line) || shown.contains(line))
                            .as("seed %d: a line that all have is lost: %s", seed, line)
                            .isTrue();
                } else if (!shown.contains(line)) {
                    assertThat(merged)
                            .as("seed %d: a deleted line is back", seed)
                            .doesNotContain(line);
                }
            }
        }
    }

    @Test
    void identitiesAreExact() {
        for (int seed = 0; seed < TRIPLES; seed++) {
            Random random = new Random(seed);
            String base = PromptTexts.random(random);
            String other = PromptTexts.edit(base, random, "O");
            JsonNode b = node(base);
            JsonNode o = node(other);
            for (MergeResult result : List.of(
                    PromptMerge.merge(MergeKind.TEXT, b, o, b),
                    PromptMerge.merge(MergeKind.TEXT, b, b, o),
                    PromptMerge.merge(MergeKind.TEXT, b, o, o))) {
                assertThat(result.merged()).as("seed %d", seed).isEqualTo(o);
                assertThat(result.conflicts()).isEmpty();
            }
        }
    }

    @Test
    void theSectionsOfAMergeAreThoseOfItsSides() {
        for (int seed = 0; seed < TRIPLES; seed++) {
            Random random = new Random(seed);
            String base = PromptTexts.random(random);
            String template = PromptTexts.edit(base, random, "T");
            String local = PromptTexts.edit(base, random, "L");
            MergeResult result = PromptMerge.merge(MergeKind.TEXT, node(base), node(template), node(local));
            // Merging the result into itself again finds nothing new.
            assertThat(PromptMerge.merge(MergeKind.TEXT, node(base), result.merged(), result.merged())
                            .merged())
                    .isEqualTo(result.merged());
            List<Resolution> takeTemplate = result.conflicts().stream()
                    .<Resolution>map(conflict -> new Resolution.TakeTemplate())
                    .toList();
            MergeResult decided =
                    PromptMerge.merge(MergeKind.TEXT, node(base), node(template), node(local), takeTemplate);
            Set<String> here = new HashSet<>(lines(decided.merged().asString()));
            for (MergeConflict conflict : result.conflicts()) {
                if (conflict.template() != null && conflict.kind() != ConflictKind.ORDER) {
                    assertThat(here)
                            .as("seed %d", seed)
                            .containsAll(lines(conflict.template().asString()));
                }
            }
        }
    }

    @Test
    void chunksAreThoseOfJGit() {
        DiffAlgorithm histogram = DiffAlgorithm.getAlgorithm(DiffAlgorithm.SupportedAlgorithm.HISTOGRAM);
        for (int seed = 0; seed < TRIPLES; seed++) {
            Random random = new Random(seed);
            List<String> base = PromptTexts.randomLines(random);
            List<String> template = PromptTexts.editLines(base, random, "T");
            List<String> local = PromptTexts.editLines(base, random, "L");
            LineMerge ours = new LineMerge("", base, template, local, ConflictResolver.undecided());

            List<String> merged = ours.merge();

            RawText localText = raw(local);
            var expected = new MergeAlgorithm(histogram)
                    .merge(RawTextComparator.WS_IGNORE_TRAILING, raw(base), localText, raw(template));
            List<String> lines = new ArrayList<>();
            int conflicts = 0;
            for (MergeChunk chunk : expected) {
                boolean isTheirs = chunk.getConflictState() == MergeChunk.ConflictState.NEXT_CONFLICTING_RANGE
                        || chunk.getConflictState() == MergeChunk.ConflictState.BASE_CONFLICTING_RANGE;
                conflicts += chunk.getConflictState() == MergeChunk.ConflictState.FIRST_CONFLICTING_RANGE ? 1 : 0;
                if (!isTheirs) {
                    RawText source = expected.getSequences().get(chunk.getSequenceIndex());
                    for (int line = chunk.getBegin(); line < chunk.getEnd(); line++) {
                        lines.add(source.getString(line));
                    }
                }
            }
            assertThat(merged).as("seed %d", seed).isEqualTo(lines);
            assertThat(ours.conflicts()).as("seed %d", seed).hasSize(conflicts);
        }
    }

    @Test
    void noMemberOrElementOfATreeIsLostSilently() {
        for (int seed = 0; seed < TRIPLES; seed++) {
            Random random = new Random(seed);
            ObjectNode base = tree(random);
            JsonNode template = edit(base, random, "T");
            JsonNode local = edit(base, random, "L");

            MergeResult result = PromptMerge.merge(MergeKind.JSON, base, template, local);

            String shown = result.merged() + Json.write(result.conflicts());
            for (JsonNode side : List.of(template, local)) {
                for (JsonNode tool : side.path("general_tools")) {
                    String url = tool.path("url").asString();
                    if (!base.toString().contains("\"" + url + "\"")) {
                        assertThat(shown).as("seed %d", seed).contains(url);
                    }
                }
            }
            assertThat(JsonTrees.areEqual(
                            PromptMerge.merge(MergeKind.JSON, base, template, base)
                                    .merged(),
                            template))
                    .isTrue();
            assertThat(JsonTrees.areEqual(
                            PromptMerge.merge(MergeKind.JSON, base, base, local).merged(), local))
                    .isTrue();
            assertThat(JsonTrees.areEqual(
                            PromptMerge.merge(MergeKind.JSON, base, local, local)
                                    .merged(),
                            local))
                    .isTrue();
        }
    }

    private static ObjectNode tree(Random random) {
        ObjectNode tree = Json.object().put("model", "m" + random.nextInt(3));
        ArrayNode tools = tree.putArray("general_tools");
        for (int i = random.nextInt(5); i > 0; i--) {
            tools.add(Json.object().put("name", "t" + i).put("url", "u" + i));
        }
        return tree;
    }

    private static JsonNode edit(ObjectNode base, Random random, String side) {
        ObjectNode edited = base.deepCopy();
        ArrayNode tools = (ArrayNode) edited.path("general_tools");
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = tools.isEmpty() ? 0 : random.nextInt(tools.size());
            switch (random.nextInt(4)) {
                case 0 -> {
                    if (!tools.isEmpty()) {
                        tools.remove(at);
                    }
                }
                case 1 -> {
                    if (!tools.isEmpty()) {
                        ((ObjectNode) tools.get(at)).put("url", side + random.nextInt(1000));
                    }
                }
                case 2 ->
                    tools.insert(
                            at,
                            Json.object()
                                    .put("name", "n" + random.nextInt(3) + i)
                                    .put("url", side + random.nextInt(1000)));
                default -> edited.put("model", side + random.nextInt(5));
            }
        }
        return edited;
    }

    private static RawText raw(List<String> lines) {
        return new RawText(lines.stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode node(String text) {
        return Json.MAPPER.getNodeFactory().stringNode(text);
    }

    private static List<String> lines(String text) {
        return text.lines()
                .map(LineSequence::withoutTrailingBlanks)
                .filter(line -> !line.isBlank())
                .toList();
    }
}
