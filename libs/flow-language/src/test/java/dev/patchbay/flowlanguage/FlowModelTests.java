package dev.patchbay.flowlanguage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.patchbay.flowlanguage.Task.CallTask;
import dev.patchbay.flowlanguage.Task.Catch;
import dev.patchbay.flowlanguage.Task.DoTask;
import dev.patchbay.flowlanguage.Task.RaiseTask;
import dev.patchbay.flowlanguage.Task.SetTask;
import dev.patchbay.flowlanguage.Task.SwitchTask;
import dev.patchbay.flowlanguage.Task.TryTask;
import dev.patchbay.flowlanguage.Task.WaitTask;
import dev.patchbay.flowlanguage.TaskMetadata.OnUnknown;
import dev.patchbay.flowlanguage.TaskMetadata.RateLimit;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class FlowModelTests {

    private final FlowDefinition flow =
            Fixtures.valid(Fixtures.text(Fixtures.REPOSITORY.resolve("flows/valid/every-task.yaml")));

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private <T extends Task> T task(int index, Class<T> kind) {
        return kind.cast(flow.tasks().get(index));
    }

    @Test
    void theDocumentHasNameNamespaceAndVersion() {
        assertThat(flow.document().name()).isEqualTo("every-task");
        assertThat(flow.document().namespace()).isEqualTo("acme");
        assertThat(flow.document().version()).isEqualTo("2.1.0-rc.1");
        assertThat(flow.document().dsl()).isEqualTo("1.0.3");
        assertThat(flow.document().title()).isEmpty();
        assertThat(flow.timeout()).contains(Duration.ofMinutes(150));
    }

    @Test
    void aCallHasArgumentsDataFlowAndMetadata() {
        CallTask contact = task(0, CallTask.class);
        JsonNode event = json("{\"call\": {\"id\": \"c1\", \"from\": \"+15550001\"}}");
        assertThat(contact.name()).isEqualTo("contact");
        assertThat(contact.header().pointer()).isEqualTo("/do/0/contact");
        assertThat(contact.function()).isEqualTo("crm.upsertContact");
        assertThat(contact.with().evaluate(json("{}"), Map.of("event", event)))
                .isEqualTo(json("{\"phone\": \"+15550001\", \"source\": \"phone agent\"}"));
        assertThat(contact.header().inputFrom().orElseThrow().evaluate(event.path("call"), Map.of()))
                .isEqualTo(json("{\"phone\": \"+15550001\"}"));
        assertThat(contact.header().outputAs().orElseThrow().evaluate(json("{\"id\": 7}"), Map.of()))
                .isEqualTo(json("7"));
        assertThat(contact.header().exportAs().orElseThrow().evaluate(json("7"), Map.of("context", json("{}"))))
                .isEqualTo(json("{\"contact\": 7}"));
        TaskMetadata metadata = contact.header().metadata();
        assertThat(metadata.idempotencyKey().orElseThrow().evaluate(json("{}"), Map.of("event", event)))
                .isEqualTo(json("\"c1\""));
        assertThat(metadata.rateLimit()).contains(new RateLimit(5, Duration.ofSeconds(1)));
        assertThat(metadata.onUnknown()).contains(OnUnknown.LOOKUP);
        assertThat(metadata.patience()).contains(Duration.ofHours(12));
    }

    @Test
    void aSwitchHasCasesWithConditionsAndTargets() {
        SwitchTask route = task(1, SwitchTask.class);
        assertThat(route.cases()).extracting(SwitchTask.Case::name).containsExactly("long", "otherwise");
        assertThat(route.cases().getFirst().then()).isEqualTo(new Then.Named("attempt"));
        assertThat(route.cases()
                        .getFirst()
                        .when()
                        .orElseThrow()
                        .holds(json("{}"), Map.of("event", json("{\"call\": {\"durationSeconds\": 61}}"))))
                .isTrue();
        assertThat(route.cases().getLast().when()).isEmpty();
    }

    @Test
    void aTryHasAnErrorFilterARetryPolicyAndACatch() {
        TryTask attempt = task(2, TryTask.class);
        Catch handler = attempt.handler();
        RetryPolicy retry = handler.retry().orElseThrow();
        assertThat(attempt.tasks()).extracting(Task::name).containsExactly("slots", "refuse");
        assertThat(attempt.tasks().getLast()).isInstanceOf(RaiseTask.class);
        assertThat(attempt.tasks().getLast().header().pointer()).isEqualTo("/do/2/attempt/try/1/refuse");
        assertThat(handler.as()).isEqualTo("problem");
        assertThat(handler.when()).isPresent();
        assertThat(handler.exceptWhen()).isPresent();
        assertThat(handler.errors().matches(json("{\"status\": 409}"))).isTrue();
        assertThat(handler.errors().matches(json("{\"status\": 500}"))).isFalse();
        assertThat(handler.tasks().getFirst().header().pointer()).isEqualTo("/do/2/attempt/catch/do/0/note");
        assertThat(retry.maxAttempts()).isEqualTo(3);
        assertThat(retry.maxDuration()).contains(Duration.ofMinutes(10));
        assertThat(retry.jitter()).contains(new RetryPolicy.Jitter(Duration.ZERO, Duration.ofSeconds(2)));
        assertThat(retry.when()).isPresent();
        assertThat(retry.exceptWhen()).isEmpty();
        assertThat(retry.delayAfter(1)).isEqualTo(Duration.ofSeconds(5));
        assertThat(retry.delayAfter(3)).isEqualTo(Duration.ofSeconds(20));
        assertThat(retry.delayAfter(60)).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void waitsGroupsAndDirectivesAreRead() {
        assertThat(task(3, WaitTask.class).duration()).isEqualTo(Duration.ofDays(7));
        DoTask group = task(4, DoTask.class);
        assertThat(group.header().then()).isEqualTo(new Then.Named("finish"));
        assertThat(group.tasks().getFirst().header().then()).isEqualTo(new Then.Exit());
        assertThat(group.tasks().getLast().header().then()).isEqualTo(new Then.Continue());
        assertThat(task(5, SetTask.class).header().then()).isEqualTo(new Then.End());
    }

    @Test
    void aRetryWithoutMembersHasNoDelayAndNoLimit() {
        TryTask task = (TryTask) Fixtures.valid(Fixtures.flowOf("""
                        - attempt:
                            try: [ { one: { set: { a: 1 } } } ]
                            catch: { errors: { with: { details: gone } }, retry: {} }
                        """)).tasks().getFirst();
        RetryPolicy retry = task.handler().retry().orElseThrow();
        assertThat(retry.delayAfter(9)).isEqualTo(Duration.ZERO);
        assertThat(retry.maxAttempts()).isEqualTo(Integer.MAX_VALUE);
        assertThat(task.handler().as()).isEqualTo("error");
        assertThat(task.handler().errors().matches(json("{\"detail\": \"gone\"}")))
                .isTrue();
    }

    @Test
    void delaysGrowWithTheBackoff() {
        String file =
                "- a: { try: [ { b: { set: { c: 1 } } } ], catch: { retry: { delay: P1WT1S, backoff: { linear: {} } } } }";
        TryTask task = (TryTask) Fixtures.valid(Fixtures.flowOf(file)).tasks().getFirst();
        assertThat(task.handler().retry().orElseThrow().delay())
                .isEqualTo(Duration.ofDays(7).plusSeconds(1));
        TryTask slow = (TryTask) Fixtures.valid(Fixtures.flowOf(file.replace("P1WT1S", "PT2S")))
                .tasks()
                .getFirst();
        assertThat(slow.handler().retry().orElseThrow().delayAfter(3)).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void aFlowListsTheFunctionsThatItsRunsMayCall() {
        FlowDefinition approval =
                Fixtures.valid(Fixtures.text(Fixtures.REPOSITORY.resolve("flows/valid/ask-first.yaml")));
        assertThat(approval.calls())
                .containsExactly(
                        entry("crm.upsertContact", "/do/0/contact/call"),
                        entry("calendar.hold", "/do/1/held/call"),
                        entry("calendar.cancel", "/do/1/held/metadata/compensate"),
                        entry("person.approve", "/do/2/decision/try/0/approval/call"),
                        entry("calendar.book", "/do/3/booked/call"),
                        entry("messaging.sendSms", "/do/4/confirmation/call"));
        assertThat(flow.calls()).containsOnlyKeys("crm.upsertContact", "calendar.findSlots");
        assertThat(approval.tasks().getLast().header().metadata().onUnknown()).contains(OnUnknown.FAIL);
    }

    @Test
    void theDigestIgnoresLayoutAndKeyOrder() {
        String first = Fixtures.flowOf("- a: { set: { x: 1, y: [ 2 ] } }");
        String same = Fixtures.flowOf("- a:\n    set:\n      y:\n        - 2\n      x: 1 # comment");
        String other = Fixtures.flowOf("- a: { set: { x: 1, y: [ 3 ] } }");
        assertThat(Fixtures.valid(first).digest())
                .hasSize(64)
                .isEqualTo(Fixtures.valid(same).digest());
        assertThat(Fixtures.valid(first).digest())
                .isNotEqualTo(Fixtures.valid(other).digest());
    }

    @Test
    void aTriggerMatchesTypeAttributesAndData() {
        Trigger trigger = flow.trigger().orElseThrow();
        Map<String, String> attributes = Map.of("type", "voice.call.ended", "source", "https://voice.example.com");
        assertThat(trigger.matches(attributes, json("{}"))).isTrue();
        assertThat(trigger.matches("voice.call.ended", json("{}"))).isFalse();

        Trigger booking = Fixtures.valid(Fixtures.text(Fixtures.REPOSITORY.resolve("flows/book-from-call.yaml")))
                .trigger()
                .orElseThrow();
        String requested = "{\"call\": {\"person\": {\"number\": \"+14155550123\"},"
                + " \"analysis\": {\"custom\": {\"wants_appointment\": true}}}}";
        assertThat(booking.matches("voice.call.analyzed", json(requested))).isTrue();
        assertThat(booking.matches("voice.call.ended", json(requested))).isFalse();
        assertThat(booking.matches("voice.call.analyzed", json("{\"call\": {}}")))
                .isFalse();
        assertThat(booking.matches("voice.call.analyzed", json("{\"call\": 1}")))
                .isFalse();
    }

    @Test
    void aTriggerWithoutOriginMatchesEventsFromOutsideOnly() {
        Map<String, String> outside = Map.of("type", "crm.contact.created", "origin", "webhook");
        Map<String, String> ours = Map.of("type", "crm.contact.created", "origin", Trigger.OURS);
        assertThat(triggerWith(Map.of()).matches(outside, json("{}"))).isTrue();
        assertThat(triggerWith(Map.of()).matches(ours, json("{}"))).isFalse();
        assertThat(triggerWith(Map.of("origin", "patchbay")).matches(outside, json("{}")))
                .isFalse();
        assertThat(triggerWith(Map.of("origin", "patchbay")).matches(ours, json("{}")))
                .isTrue();
        assertThat(triggerWith(Map.of("origin", "any")).matches(outside, json("{}")))
                .isTrue();
        assertThat(triggerWith(Map.of("origin", "any")).matches(ours, json("{}")))
                .isTrue();
        assertThat(triggerWith(Map.of("origin", "poll")).matches(outside, json("{}")))
                .isFalse();
    }

    private static Trigger triggerWith(Map<String, String> attributes) {
        return new Trigger("crm.contact.created", attributes, Optional.empty());
    }
}
