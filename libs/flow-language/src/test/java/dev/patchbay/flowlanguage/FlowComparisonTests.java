package dev.patchbay.flowlanguage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.flowlanguage.FlowComparison.ChangeType;
import dev.patchbay.flowlanguage.FlowComparison.Difference;
import dev.patchbay.flowlanguage.FlowComparison.TaskChange;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class FlowComparisonTests {

    private static FlowDefinition flow(String version, String rest) {
        return Fixtures.valid(
                "document: { dsl: 1.0.3, namespace: acme, name: test, version: " + version + " }\n" + rest);
    }

    private static Difference difference(String member, String from, String to) {
        return new Difference(
                member, JsonMapper.shared().readTree(from), JsonMapper.shared().readTree(to));
    }

    @Test
    void tasksAreAddedRemovedAndChangedByName() {
        FlowComparison comparison = FlowComparison.of(flow("1.0.0", """
                        do:
                          - kept: { set: { a: 1 } }
                          - changed: { set: { a: 1, b: [ 1 ] }, if: .x }
                          - gone: { if: "false", set: { a: 1 } }
                        """), flow("1.1.0", """
                        do:
                          - fresh: { wait: PT1S }
                          - kept: { set: { a: 1 } }
                          - changed: { set: { a: 2, c: { d: 1 } }, if: .x }
                        """));

        assertThat(comparison.flow()).isEmpty();
        assertThat(comparison.trigger()).isEmpty();
        assertThat(comparison.tasks())
                .containsExactly(
                        new TaskChange("fresh", ChangeType.ADDED, List.of()),
                        new TaskChange(
                                "changed",
                                ChangeType.CHANGED,
                                List.of(
                                        difference("set/a", "1", "2"),
                                        new Difference(
                                                "set/b", JsonMapper.shared().readTree("[1]"), null),
                                        new Difference(
                                                "set/c/d",
                                                null,
                                                JsonMapper.shared().readTree("1")))),
                        new TaskChange("gone", ChangeType.REMOVED, List.of()));
    }

    @Test
    void triggerOrderOfTasksAndHeaderAreCompared() {
        FlowComparison comparison = FlowComparison.of(flow("1.0.0", """
                        schedule: { on: { one: { with: { type: voice.call.ended } } } }
                        timeout: { after: PT1H }
                        do: [ { a: { set: { x: 1 } } }, { b: { set: { x: 1 } } } ]
                        """), flow("2.0.0", """
                        schedule: { on: { one: { with: { type: voice.call.analyzed } } } }
                        timeout: { after: PT2H }
                        do: [ { b: { set: { x: 1 } } }, { a: { set: { x: 1 } } } ]
                        """));

        assertThat(comparison.flow())
                .containsExactly(
                        difference("timeout/after", "\"PT1H\"", "\"PT2H\""),
                        difference("do", "[\"a\", \"b\"]", "[\"b\", \"a\"]"));
        assertThat(comparison.trigger())
                .containsExactly(difference("on/one/with/type", "\"voice.call.ended\"", "\"voice.call.analyzed\""));
        assertThat(comparison.tasks()).isEmpty();
    }

    @Test
    void aTaskThatMovesToAnotherListIsAChange() {
        FlowComparison comparison = FlowComparison.of(flow("1.0.0", """
                        do:
                          - attempt:
                              try: [ { one: { set: { x: 1 } } } ]
                              catch: { as: problem, do: [ { note: { set: { x: 1 } } } ] }
                        """), flow("1.0.1", """
                        do:
                          - attempt:
                              try: [ { one: { set: { x: 1 } } }, { note: { set: { x: 1 } } } ]
                              catch: { as: oops }
                        """));

        assertThat(comparison.tasks())
                .containsExactly(
                        new TaskChange(
                                "attempt",
                                ChangeType.CHANGED,
                                List.of(difference("catch/as", "\"problem\"", "\"oops\""))),
                        new TaskChange(
                                "note",
                                ChangeType.CHANGED,
                                List.of(difference("in", "\"attempt/catch\"", "\"attempt\""))));
        assertThat(comparison.flow()).isEmpty();
    }
}
