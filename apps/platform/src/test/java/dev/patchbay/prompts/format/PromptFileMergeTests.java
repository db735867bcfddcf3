package dev.patchbay.prompts.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.prompts.merge.ConflictKind;
import dev.patchbay.prompts.merge.Resolution;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptFileMergeTests {

    private static PromptFile file(String version, String variables, String states, String body) {
        return PromptFormat.parse(
                """
                ---
                name: a-prompt
                version: VERSION
                variables: { VARIABLES }
                retell:
                  engine: retell-llm
                  agent: { voice_id: "v" }
                  settings: { general_prompt: "%part", states: [STATES] }
                ---
                """.replace("VERSION", version).replace("VARIABLES", variables).replace("STATES", states) + body);
    }

    private static final String BOOK = "{ name: book, state_prompt: \"%part\" }";
    private static final PromptFile BASE = file("1.0.0", "", BOOK, "Hello.\n%%% state/book\nOffer two.");

    @Test
    void partsVariablesAndSettingsAreMergedEach() {
        PromptFile template = file(
                "1.1.0",
                "city: { type: text }",
                BOOK + ", { name: close, state_prompt: \"%part\" }",
                "Hello.\n%%% state/book\nOffer two.\n%%% state/close\nGoodbye.");
        PromptFile local = file("1.0.0", "", BOOK, "Hello.\n%%% state/book\nOffer one.");

        var merge = PromptFileMerge.merge(BASE, template, local, null);

        assertThat(merge.conflicts()).isEmpty();
        assertThat(merge.merged().version()).isEqualTo("1.1.0");
        assertThat(merge.merged().variables()).containsKey("city");
        assertThat(merge.merged().parts())
                .containsEntry("state/book", "Offer one.")
                .containsEntry("state/close", "Goodbye.");
        assertThat(PromptFormat.parse(PromptFormat.write(merge.merged())).parts())
                .isEqualTo(merge.merged().parts());
    }

    @Test
    void aStateThatTheTemplateRemovedMeetsAnEditOfItsText() {
        PromptFile template = file("1.1.0", "", "", "Hello.");
        PromptFile local = file("1.0.0", "", BOOK, "Hello.\n%%% state/book\nOffer one.");

        var merge = PromptFileMerge.merge(BASE, template, local, null);

        assertThat(merge.conflicts()).hasSize(1);
        assertThat(merge.conflicts().getFirst().conflict().kind()).isEqualTo(ConflictKind.REMOVED_BY_TEMPLATE);
        assertThat(merge.merged().parts()).containsEntry("state/book", "Offer one.");
        var removed = PromptFileMerge.merge(BASE, template, local, List.of(new Resolution.TakeTemplate()));
        assertThat(removed.merged().parts()).containsOnlyKeys("general");
        assertThat(PromptFormat.parse(PromptFormat.write(removed.merged()))
                        .settings()
                        .path("states"))
                .isEmpty();
    }

    @Test
    void aStateThatNobodyChangedGoesWithTheTemplate() {
        PromptFile template = file("1.1.0", "", "", "Hello.");
        PromptFile local = file("1.0.0", "", BOOK, "Hello, you.\n%%% state/book\nOffer two.");

        var merge = PromptFileMerge.merge(BASE, template, local, null);

        assertThat(merge.conflicts()).isEmpty();
        assertThat(merge.merged().parts()).containsOnlyKeys("general");
    }

    @Test
    void textsThatBothChangedAreOneConflictOfTheirPart() {
        PromptFile template = file("1.1.0", "", BOOK, "Hello.\n%%% state/book\nOffer three.");
        PromptFile local = file("1.0.0", "", BOOK, "Hello.\n%%% state/book\nOffer one.");

        var merge = PromptFileMerge.merge(BASE, template, local, null);

        assertThat(merge.conflicts())
                .extracting(PromptFileMerge.PlacedConflict::part)
                .containsExactly("state/book");
        var decided = PromptFileMerge.merge(BASE, template, local, List.of(new Resolution.TakeTemplate()));
        assertThat(decided.merged().parts()).containsEntry("state/book", "Offer three.");
        assertThatThrownBy(() -> PromptFileMerge.merge(BASE, template, local, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void versionsFollowFromChanges() {
        var version = new TemplateVersion(1, 2, 3);
        assertThat(version.next(BASE, BASE)).hasToString("1.2.4");
        assertThat(version.next(BASE, file("1.0.0", "a: { type: text }", BOOK, "Hello.\n%%% state/book\n")))
                .hasToString("1.3.0");
        PromptFile withRequired = file("1.0.0", "a: { type: text, required: true }", BOOK, "Hello.\n%%% state/book\n");
        assertThat(version.next(BASE, withRequired)).hasToString("2.0.0");
        assertThat(version.next(withRequired, withRequired)).hasToString("1.2.4");
        assertThat(version.next(withRequired, BASE)).hasToString("2.0.0");
        assertThat(version.next(withRequired, file("1.0.0", "a: { type: list }", BOOK, "Hello.\n%%% state/book\n")))
                .hasToString("2.0.0");
        assertThat(version).isLessThan(new TemplateVersion(2, 0, 0)).isLessThan(new TemplateVersion(1, 3, 0));
        assertThat(version).isGreaterThan(new TemplateVersion(1, 2, 2));
        assertThat(TemplateVersion.parse("1.2")).isEmpty();
        assertThat(TemplateVersion.first(BASE)).hasToString("1.0.0");
    }

    @Test
    void settingsThatBothChangedAreConflictsOfTheFrontMatter() {
        PromptFile base =
                file("1.0.0", "", BOOK + "], temperature: 0.1, tools: [", "Hello.\n%%% state/book\nOffer two.");
        PromptFile template =
                file("1.1.0", "", BOOK + "], temperature: 0.2, tools: [", "Hello.\n%%% state/book\nOffer three.");
        PromptFile local =
                file("1.0.0", "", BOOK.replace("%part", "In place.") + "], temperature: 0.3, tools: [", "Hello.");

        var merge = PromptFileMerge.merge(base, template, local, null);

        assertThat(merge.conflicts())
                .hasSize(2)
                .extracting(PromptFileMerge.PlacedConflict::part)
                .containsOnly("front matter");
        assertThat(merge.merged().settings()).isEqualTo(local.settings());
        assertThat(merge.merged().parts()).containsOnlyKeys("general");
    }

    @Test
    void theGeneralPartStaysWithoutAPlaceInSettings() {
        PromptFile bare = PromptFormat.parse(
                PromptFormat.write(file("1.0.0", "", "", "")).replaceFirst("general_prompt: .*", "model: \"gpt-4.1\""));

        var merge = PromptFileMerge.merge(bare, bare, bare, null);

        assertThat(merge.merged().settings().has("general_prompt")).isFalse();
        assertThat(merge.merged().parts()).containsOnlyKeys("general");
    }

    @Test
    void aNodeThatWasAddedRaisesTheMinorVersion() {
        String flow = """
                ---
                name: a-flow
                version: 1.0.0
                retell:
                  engine: conversation-flow
                  agent: { voice_id: "v" }
                  settings: { global_prompt: "%part", nodes: [NODES] }
                ---
                Hello.""";
        PromptFile released = PromptFormat.parse(flow.replace("NODES", "{ id: ask }"));
        PromptFile draft = PromptFormat.parse(flow.replace("NODES", "{ id: ask }, { id: end }"));

        assertThat(new TemplateVersion(1, 2, 3).next(released, draft)).hasToString("1.3.0");
        assertThat(new TemplateVersion(1, 2, 3).next(draft, released)).hasToString("1.2.4");
    }
}
