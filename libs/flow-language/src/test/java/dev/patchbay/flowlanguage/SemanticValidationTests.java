package dev.patchbay.flowlanguage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Flows that validation accepts, with or without a warning. The files in {@code flows/invalid} show those that it rejects. */
final class SemanticValidationTests {

    private static List<String> warnings(String tasks) {
        return ((ParseResult.Valid) Fixtures.read(Fixtures.flowOf(tasks)))
                .warnings().stream().map(FlowProblem::toString).toList();
    }

    @Test
    void aResultThatMayBeAbsentIsWarnedOf() {
        assertThat(warnings("""
                        - maybe: { if: "${ .wanted }", set: { id: 1 } }
                        - uses: { set: { id: "${ $steps.maybe.id }" } }
                        """)).containsExactly("""
                        /do/1/uses/set/id line 4 "$steps.maybe is null when the run has not executed that task. \
                        Give a default, for example ${ $steps.maybe.id // null }, or check it with if.\"""");
    }

    @Test
    void anAbsentResultThatTheExpressionHandlesIsNotWarnedOf() {
        assertThat(warnings("""
                        - maybe: { if: "${ .wanted }", set: { id: 1 } }
                        - orElse: { set: { id: "${ $steps.maybe.id // 7 }" } }
                        - condition: { if: "$steps.maybe.id == 1", set: { id: "${ $steps.maybe.id }" } }
                        - group: { if: "$steps.maybe", do: [ { inner: { set: { id: "${ $steps.maybe.id }" } } } ] }
                        - choice: { switch: [ { one: { when: "$steps.maybe.id == 1", then: end } } ] }
                        - compared: { set: { no: "${ $steps.maybe == null }" } }
                        """)).isEmpty();
    }

    @Test
    void aTaskOnEveryPathIsNotWarnedOf() {
        assertThat(warnings("""
                        - first: { set: { id: 1 } }
                        - route: { switch: [ { left: { when: ".a", then: left } } ], then: right }
                        - left: { set: { id: "${ $steps.first.id }" }, then: last }
                        - right: { set: { id: 2 } }
                        - last: { set: { id: "${ $steps.first.id + ($steps.right.id // 0) }" } }
                        """)).isEmpty();
    }

    @Test
    void aCatchMayReadTasksBeforeTheErrorAndARetryMayReadTasksOfThePreviousAttempt() {
        assertThat(warnings("""
                        - attempt:
                            try:
                              - one: { set: { id: "${ $steps.two.id // 0 }" } }
                              - two: { set: { id: 2 } }
                              - three: { set: { id: 3 } }
                            catch:
                              retry: { limit: { attempt: { count: 2 } } }
                              do: [ { note: { set: { a: "${ $steps.one.id // $steps.two.id }" } } } ]
                        - after: { set: { a: "${ $steps.note.a // $steps.three.id }" } }
                        """)).isEmpty();
        assertThat(Fixtures.problems(Fixtures.flowOf("""
                        - attempt:
                            try: [ { one: { set: { id: "${ $steps.two.id // 0 }" } } }, { two: { set: { id: 2 } } } ]
                            catch: {}
                        """)))
                .extracting(FlowProblem::code)
                .containsExactly("later_step");
    }

    @Test
    void aTaskMayReadItsNestedTasksOnceTheyAreCompleteButNotItself() {
        assertThat(warnings("""
                        - group:
                            do: [ { inner: { set: { id: 1 } } } ]
                            output: { as: { id: "${ $steps.inner.id }" } }
                            export: { as: "${ $context + { id: $steps.inner.id } }" }
                        """)).isEmpty();
        assertThat(Fixtures.problems(
                        Fixtures.flowOf("- one: { set: { a: 1 }, output: { as: \"${ $steps.one.a }\" } }")))
                .extracting(FlowProblem::code)
                .containsExactly("later_step");
    }

    @Test
    void anExpressionMayYieldAnythingUnlessItIsConstant() {
        assertThat(warnings("""
                        - contact:
                            call: crm.upsertContact
                            with: { phone: "${ .phone }", tags: [ "${ .tag }", plain ], firstName: "${ 1 / 0 }" }
                        - slots:
                            call: calendar.findSlots
                            with: { from: "${ .from }", to: "${ \\"2030-01-02T09:00:00Z\\" }", minutes: "${ 15 + 15 }" }
                        - computed: { set: { a: "${ $steps.slots.slots[0] | keys }", b: "${ $steps[.name].x }" } }
                        - named: { call: crm.getContact, with: { id: "${ .id }" }, output: { as: "${ {contact: .id} }" } }
                        - open: { set: { a: "${ $steps.named.contact }", b: "${ $client.settings.anything }" } }
                        """)).isEmpty();
    }

    @Test
    void aMemberOfAListOrOfAnUnknownValueIsNotChecked() {
        assertThat(warnings("""
                        - list: { set: { items: [ { a: 1 } ], empty: {} } }
                        - reads: { set: { a: "${ $steps.list.items[0].b }", whole: "${ $steps }" } }
                        """)).isEmpty();
    }

    @Test
    void textsThatMayGoOutUnfilledAreWarnedAbout() {
        assertThat(warnings("""
                - text: { call: messaging.sendSms, with: { to: "+14155550123", text: "Hi {{ $json.name }}" } }
                - more: { call: messaging.sendSms, with: { to: "+14155550123", text: '${ "Hi \\($event.name), \\($event.day // "soon")" }' } }"""))
                .hasSize(2)
                .anySatisfy(warning -> assertThat(warning).contains("holds {{ $json.name }}"))
                .anySatisfy(warning -> assertThat(warning).contains("says “null” where $event.name is absent"));
    }
}
