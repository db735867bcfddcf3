package dev.patchbay.prompts.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.patchbay.kernel.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A person's decisions on conflicts, and conflicts that the cases handed over do not have. */
class ResolutionTests {

    private static JsonNode text(String text) {
        return Json.tree(text.replace('|', '\n'));
    }

    private static JsonNode merge(String base, String template, String local) {
        var result = PromptMerge.merge(MergeKind.TEXT, text(base), text(template), text(local));
        assertThat(result.conflicts()).isEmpty();
        return result.merged();
    }

    private static MergeResult decide(String base, String template, String local, Resolution... resolutions) {
        return PromptMerge.merge(MergeKind.TEXT, text(base), text(template), text(local), List.of(resolutions));
    }

    private static MergeResult json(String base, String template, String local) {
        return PromptMerge.merge(MergeKind.JSON, Json.read(base), Json.read(template), Json.read(local));
    }

    @ParameterizedTest
    @CsvSource({
        "local, # A|Mine.|",
        "template, # A|Theirs.|",
        "none, # A|",
        "empty, # A|",
        "both, # A|Mine.|",
        "other, # A|One.|Two.|"
    })
    void aConflictTakesWhatAPersonChooses(String choice, String merged) {
        Resolution resolution = switch (choice) {
            case "local" -> new Resolution.KeepLocal();
            case "template" -> new Resolution.TakeTemplate();
            case "none" -> new Resolution.Replace(null);
            case "empty" -> new Resolution.Replace(text(""));
            case "both" -> new Resolution.TakeBoth();
            default -> new Resolution.Replace(text("One.|Two."));
        };

        assertThat(decide("# A|Old.|", "# A|Theirs.|", "# A|Mine.|", resolution).merged())
                .isEqualTo(text(merged));
    }

    @Test
    void aProposalKeepsBothSides() {
        assertThat(decide("# A|x|", "# A|x|T|", "# A|x|L|", new Resolution.TakeBoth())
                        .merged())
                .isEqualTo(text("# A|x|T|L|"));
    }

    @Test
    void equalConflictsAreDecidedInTheirOrder() {
        String base = "# A|x|-|x|";
        assertThat(decide(base, "# A|T|-|T|", "# A|L|-|L|", new Resolution.TakeTemplate(), new Resolution.KeepLocal())
                        .merged())
                .isEqualTo(text("# A|T|-|L|"));
    }

    @Test
    void asManyResolutionsAsConflictsAreNeeded() {
        assertThatThrownBy(() -> decide("a", "b", "c")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PromptMerge.merge(MergeKind.TEXT, Json.read("1"), text("a"), text("b")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MergeKind.of("yaml")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRemovedSectionComesBackWhenItsTextIsChosen() {
        String base = "# A|a|# B|b|";
        assertThat(decide(base, "# A|a|# B|c|", "# A|a|", new Resolution.TakeTemplate())
                        .merged())
                .isEqualTo(text("# A|a|# B|c|"));
        assertThat(decide(base, "# A|a|", "# A|a|# B|c|", new Resolution.TakeTemplate())
                        .merged())
                .isEqualTo(text("# A|a|"));
    }

    @Test
    void sectionsThatBothMovedDifferentlyAreAQuestionOfOrder() {
        String base = "# A||# B||# C|";
        String template = "# C||# A||# B|";
        String local = "# B||# A||# C|";

        var undecided = PromptMerge.merge(MergeKind.TEXT, text(base), text(template), text(local));

        assertThat(undecided.merged()).isEqualTo(text(local));
        assertThat(undecided.conflicts()).extracting(MergeConflict::kind).containsExactly(ConflictKind.ORDER);
        assertThat(decide(base, template, local, new Resolution.TakeTemplate()).merged())
                .isEqualTo(text(template));
    }

    @Test
    void elementsThatBothMovedDifferentlyAreAQuestionOfOrder() {
        String base = "{\"tools\": [{\"name\": \"a\"}, {\"name\": \"b\"}, {\"name\": \"c\"}]}";
        String template = "{\"tools\": [{\"name\": \"c\"}, {\"name\": \"a\"}, {\"name\": \"b\"}]}";
        String local = "{\"tools\": [{\"name\": \"b\"}, {\"name\": \"a\"}, {\"name\": \"c\"}]}";

        var conflict = json(base, template, local).conflicts().getFirst();

        assertThat(conflict.at()).isEqualTo("/tools");
        assertThat(conflict.template()).isEqualTo(Json.read("[\"c\", \"a\", \"b\"]"));
        assertThat(PromptMerge.merge(
                                MergeKind.JSON,
                                Json.read(base),
                                Json.read(template),
                                Json.read(local),
                                List.of(new Resolution.TakeTemplate()))
                        .merged())
                .isEqualTo(Json.read(template));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"a\": 1}; {\"a\": 2}; {}; removed_here; /a",
                "{\"a\": 1}; {}; {\"a\": 2}; removed_by_template; /a",
                "{\"a\": 1}; {\"a\": []}; {\"a\": {}}; both_changed; /a",
                "{}; {\"tools\": [{}]}; {\"tools\": [1]}; both_added; /tools",
                "{\"tools\": []}; {\"tools\": [{\"name\": \"a\"}, {\"name\": \"a\"}]}; {\"tools\": [{\"name\": \"b\"}]}; both_changed; /tools",
                "{\"a\": 1}; {\"a\": {}}; {\"a\": []}; both_changed; /a",
                "{\"a\": 1}; {\"a\": {\"x\": 1}}; {\"a\": {\"x\": 2}}; both_changed; /a",
                "{\"tools\": 1}; {\"tools\": [{\"name\": \"a\"}]}; {\"tools\": []}; both_changed; /tools",
                "{\"tools\": [{}]}; {\"tools\": [{\"name\": \"a\"}]}; {\"tools\": [{\"name\": \"b\"}]}; both_changed; /tools",
                "{\"tools\": []}; {\"tools\": [{\"name\": \"a\"}]}; {\"tools\": [{}]}; both_changed; /tools",
                "{\"a/b\": 1}; {\"a/b\": 2}; {\"a/b\": 3}; both_changed; /a~1b",
                "1; 2; 3; both_changed; ''"
            })
    void kindsOfConflictsInTreesAreNamed(String base, String template, String local, String kind, String at) {
        var conflict = json(base, template, local).conflicts().getFirst();

        assertThat(conflict.kind().wireName()).isEqualTo(kind);
        assertThat(conflict.at()).isEqualTo(at);
    }

    @Test
    void everythingThatBothRemovedIsGone() {
        assertThat(json("{\"a\": 1, \"b\": 1}", "{\"b\": 2}", "{\"b\": 3}").merged())
                .isEqualTo(Json.read("{\"b\": 3}"));
        assertThat(json(
                                "{\"tags\": [\"a\"], \"b\": 1}",
                                "{\"tags\": [\"a\", \"c\", \"c\"]}",
                                "{\"tags\": [\"d\", \"d\"], \"b\": 1}")
                        .merged())
                .isEqualTo(Json.read("{\"tags\": [\"d\", \"c\"]}"));
        assertThat(json("1", "2", "null").conflicts().getFirst().kind()).isEqualTo(ConflictKind.REMOVED_HERE);
        assertThat(json("1", "2", "null").merged().isNull()).isTrue();
    }

    @Test
    void aSectionThatOneSideReparentedMovesWithTheOthersChange() {
        assertThat(PromptMerge.merge(
                                MergeKind.TEXT,
                                text("## A|one|two|three|"),
                                text("## A|one|two|four|"),
                                text("# New||## A|zero|one|two|three|"))
                        .merged())
                .isEqualTo(text("# New||## A|zero|one|two|four|"));
    }

    @Test
    void ofSeveralSectionsOfTheNameTheOneWithMostLinesMoved() {
        assertThat(merge("## A|one||two|", "## A|one||four|", "# X||## A|zero|# Y||## A|one||two|"))
                .isEqualTo(text("# X||## A|zero|# Y||## A|one||four|"));
    }

    @Test
    void aSectionThatBothAddedDifferentlyIsAQuestion() {
        var result =
                PromptMerge.merge(MergeKind.TEXT, text("# A|a|"), text("# A|a|# B|theirs|"), text("# A|a|# B|mine|"));

        assertThat(result.merged()).isEqualTo(text("# A|a|# B|mine|"));
        assertThat(result.conflicts())
                .extracting(MergeConflict::kind, MergeConflict::at)
                .containsExactly(tuple(ConflictKind.BOTH_ADDED, "b"));
    }

    @Test
    void textBeforeTheFirstHeadingStaysBeforeIt() {
        assertThat(merge("# A|a|", "Intro.||# A|a|", "# New|n|# A|b|")).isEqualTo(text("Intro.||# New|n|# A|b|"));
    }

    @Test
    void blankLinesBeforeTheFirstHeadingAreNoSectionThatMoved() {
        assertThat(merge("|# A|a|", "# A|a|# B|b|", "|# A|c|")).isEqualTo(text("# A|c|# B|b|"));
    }

    @Test
    void blankLinesOnlyAreKeptAsTheyStandHere() {
        assertThat(merge("|", "|||", "||")).isEqualTo(text("||"));
    }

    @Test
    void anEmptyTextOnOneSideIsAQuestion() {
        assertThat(decide("a", "", "b", new Resolution.KeepLocal()).merged()).isEqualTo(text("b"));
        assertThat(decide("a", "", "b", new Resolution.TakeTemplate()).merged()).isEqualTo(text(""));
        assertThat(decide("a", "b", "", new Resolution.TakeTemplate()).merged()).isEqualTo(text("b"));
    }

    @Test
    void aHeadingWithoutTextHasASectionOfItsOwn() {
        assertThat(merge("Intro.|#|a|", "Intro!|#|a|", "Intro.|#|b|")).isEqualTo(text("Intro!|#|b|"));
    }

    @Test
    void setsThatBothAddedHoldTheValuesOfBoth() {
        assertThat(json("{}", "{\"tags\": [\"a\"]}", "{\"tags\": [\"b\"]}").merged())
                .isEqualTo(Json.read("{\"tags\": [\"b\", \"a\"]}"));
    }

    @Test
    void aNumberDiffersFromItsText() {
        assertThat(JsonTrees.areEqual(Json.read("1"), Json.read("1.0"))).isTrue();
        assertThat(JsonTrees.areEqual(Json.read("1"), Json.read("\"1\""))).isFalse();
    }

    @Test
    void aConflictWithoutADecisionKeepsThisSide() {
        var conflict = new MergeConflict("", ConflictKind.SAME_LINES, text("a"), text("b"), text("c"), null);
        var resolver = new ConflictResolver(List.of(conflict), List.of(new Resolution.TakeTemplate()));

        assertThat(resolver.resolve(conflict)).isEqualTo(text("b"));
        assertThat(resolver.resolve(conflict)).isEqualTo(text("c"));
    }

    @Test
    void linesAreComparedWithoutBlanksAtTheirEnds() {
        assertThat(LineSequence.withoutTrailingBlanks(" a b \t\r")).isEqualTo(" a b");
        assertThat(LineSequence.withoutTrailingBlanks(" \t ")).isEmpty();
    }

    @Test
    void longSectionsAreMergedWithoutTheExactDiff() {
        String base = "line\n".repeat(3000);

        var result = PromptMerge.merge(
                MergeKind.TEXT, Json.tree(base), Json.tree("first\n" + base), Json.tree(base + "last\n"));

        assertThat(result.merged().asString()).contains("last");
    }
}
