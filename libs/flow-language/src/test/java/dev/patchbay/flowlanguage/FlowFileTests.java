package dev.patchbay.flowlanguage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FlowFileTests {

    @Test
    void aFileOverTheSizeLimitIsRejected() {
        assertThat(Fixtures.problems("#" + "é".repeat(131_072)))
                .containsExactly(
                        new FlowProblem("", 1, "too_large", "A flow file must not be larger than 256 KiB.", null));
    }

    @Test
    void deepNestingIsRejectedBeforeTheStackOverflows() {
        assertThat(Fixtures.problems("[".repeat(100_000)))
                .extracting(FlowProblem::code)
                .containsExactly("too_deep");
    }

    @Test
    void aCharacterThatYamlDoesNotAllowIsRejected() {
        assertThat(Fixtures.problems("a: \u0000")).extracting(FlowProblem::code).containsExactly("not_yaml");
    }

    @Test
    void aTaggedKeyOrScalarIsRejected() {
        assertThat(Fixtures.problems("!!str a: 1"))
                .extracting(FlowProblem::code)
                .containsExactly("tag");
        assertThat(Fixtures.problems("a: !!str 1"))
                .extracting(FlowProblem::code)
                .containsExactly("tag");
        assertThat(Fixtures.problems("!!map {a: 1}"))
                .extracting(FlowProblem::code)
                .containsExactly("tag");
    }

    @Test
    void numbersAreReadAsInJson() {
        FlowDefinition flow = Fixtures.valid(Fixtures.flowOf("- a: { set: { big: 99999999999999999999, no: false } }"));
        assertThat(flow.raw().at("/do/0/a/set/big").doubleValue()).isEqualTo(1e20);
        assertThat(flow.raw().at("/do/0/a/set/no").booleanValue()).isFalse();
    }

    @Test
    void aSingleWordInBracesIsAnExpressionWithoutQuotes() {
        FlowDefinition flow =
                Fixtures.valid(Fixtures.flowOf("- a: { set: { b: null } }\n- c:\n    set:\n      d: ${length}"));
        assertThat(flow.raw().at("/do/0/a/set/b").isNull()).isTrue();
        assertThat(flow.raw().at("/do/1/c/set/d").stringValue()).isEqualTo("${length}");
    }

    @Test
    void anEscapedSurrogatePairIsKept() {
        FlowDefinition flow = Fixtures.valid(Fixtures.text(Fixtures.REPOSITORY.resolve("flows/valid/plain.json")));
        assertThat(flow.document().title()).contains("Café 😀");
        assertThat(flow.trigger()).isEmpty();
    }

    @Test
    void aFileWithManyProblemsListsTheFirstFifty() {
        String tasks = "- a: { set: { b: 1 } }\n".repeat(60);
        assertThat(Fixtures.problems(Fixtures.flowOf(tasks)))
                .hasSize(50)
                .isSortedAccordingTo((left, right) -> Integer.compare(left.line(), right.line()));
    }

    @Test
    void aDocumentThatTheSdkCannotReadIsRejected() {
        assertThat(StandardValidation.isReadableBySdk("{\"do\": 1}")).isFalse();
    }

    @Test
    void aFlowHasAtMostAThousandTasks() {
        StringBuilder tasks = new StringBuilder();
        for (int task = 0; task <= 1_000; task++) {
            tasks.append("- t").append(task).append(": { set: { a: 1 } }\n");
        }
        assertThat(Fixtures.problems(Fixtures.flowOf(tasks.toString())))
                .containsExactly(new FlowProblem("/do", 2, "too_large", "A flow must have at most 1,000 tasks.", null));
    }

    @Test
    void aStoredFlowIsReadWithoutValidation() {
        String text = Fixtures.flowOf("- gone: { call: crm.gone, metadata: { onUnknown: resend-same-key } }");
        assertThat(Fixtures.problems(text)).isNotEmpty();
        FlowDefinition flow = FlowFile.readStored(text);
        assertThat(flow.calls()).containsOnlyKeys("crm.gone");
        assertThat(flow.tasks().getFirst().header().metadata().onUnknown()).isEmpty();
    }
}
