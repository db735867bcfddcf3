package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.TaskMetadata.OnUnknown;
import dev.patchbay.flowlanguage.TaskMetadata.RateLimit;
import dev.patchbay.flowlanguage.expression.Expression;
import dev.patchbay.flowlanguage.expression.Template;
import dev.patchbay.flowlanguage.source.SourceTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Builds the model from a tree that passed every check. */
final class FlowBuilder {

    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

    private FlowBuilder() {}

    static FlowDefinition build(JsonNode root) {
        JsonNode document = root.path("document");
        return new FlowDefinition(
                new FlowDefinition.Document(
                        text(document, "dsl"),
                        text(document, "namespace"),
                        text(document, "name"),
                        text(document, "version"),
                        optional(document.path("title"), JsonNode::stringValue)),
                optional(root.path("schedule"), schedule -> trigger(schedule.at("/on/one/with"))),
                optional(root.at("/input/from"), FlowBuilder::transform),
                optional(root.at("/output/as"), FlowBuilder::transform),
                optional(root.at("/timeout/after"), Durations::of),
                tasks(root.path("do"), "/do"),
                root);
    }

    private static Trigger trigger(JsonNode with) {
        Map<String, String> attributes = new HashMap<>();
        with.properties()
                .forEach(
                        entry -> attributes.put(entry.getKey(), entry.getValue().stringValue()));
        attributes.keySet().removeAll(List.of("type", "data"));
        return new Trigger(text(with, "type"), attributes, expression(with, "data"));
    }

    private static List<Task> tasks(JsonNode list, String pointer) {
        List<Task> tasks = new ArrayList<>();
        for (JsonNode item : list) {
            Map.Entry<String, JsonNode> entry = item.properties().iterator().next();
            String place = SourceTree.child(pointer + "/" + tasks.size(), entry.getKey());
            tasks.add(task(entry.getValue(), header(entry.getKey(), place, entry.getValue())));
        }
        return tasks;
    }

    private static Task task(JsonNode body, TaskHeader header) {
        return switch (TaskKind.of(body)) {
            case CALL ->
                new Task.CallTask(
                        header, text(body, "call"), Template.of(body.has("with") ? body.path("with") : NOTHING));
            case DO -> new Task.DoTask(header, tasks(body.path("do"), header.pointer() + "/do"));
            case SET -> new Task.SetTask(header, Template.of(body.path("set")));
            case SWITCH -> new Task.SwitchTask(header, cases(body.path("switch")));
            case WAIT -> new Task.WaitTask(header, Durations.of(body.path("wait")));
            case RAISE -> new Task.RaiseTask(header, Template.of(body.at("/raise/error")));
            case TRY ->
                new Task.TryTask(
                        header,
                        tasks(body.path("try"), header.pointer() + "/try"),
                        handler(body.path("catch"), header.pointer() + "/catch"));
        };
    }

    private static TaskHeader header(String name, String pointer, JsonNode body) {
        return new TaskHeader(
                name,
                pointer,
                expression(body, "if"),
                Then.of(body.path("then").asString("continue")),
                optional(body.at("/timeout/after"), Durations::of),
                optional(body.at("/input/from"), FlowBuilder::transform),
                optional(body.at("/output/as"), FlowBuilder::transform),
                optional(body.at("/export/as"), FlowBuilder::transform),
                metadata(body.path("metadata")));
    }

    private static TaskMetadata metadata(JsonNode node) {
        return new TaskMetadata(
                optional(node.path("compensate"), JsonNode::stringValue),
                optional(node.path("idempotencyKey"), Template::of),
                optional(
                        node.path("rateLimit"),
                        limit -> new RateLimit(limit.path("count").intValue(), Durations.of(limit.path("per")))),
                Arrays.stream(OnUnknown.values())
                        .filter(policy ->
                                policy.keyword().equals(node.path("onUnknown").asString("")))
                        .findFirst());
    }

    private static List<Task.SwitchTask.Case> cases(JsonNode list) {
        List<Task.SwitchTask.Case> cases = new ArrayList<>();
        for (JsonNode item : list) {
            item.properties()
                    .forEach(entry -> cases.add(new Task.SwitchTask.Case(
                            entry.getKey(),
                            expression(entry.getValue(), "when"),
                            Then.of(text(entry.getValue(), "then")))));
        }
        return cases;
    }

    private static Catch handler(JsonNode node, String pointer) {
        Map<String, JsonNode> filter = new HashMap<>();
        node.at("/errors/with").properties().forEach(entry -> filter.put(entry.getKey(), entry.getValue()));
        return new Catch(
                new ErrorFilter(filter),
                node.path("as").asString("error"),
                expression(node, "when"),
                expression(node, "exceptWhen"),
                optional(node.path("retry"), FlowBuilder::retry),
                tasks(node.path("do"), pointer + "/do"));
    }

    private static RetryPolicy retry(JsonNode node) {
        return new RetryPolicy(
                expression(node, "when"),
                expression(node, "exceptWhen"),
                optional(node.path("delay"), Durations::of).orElse(Duration.ZERO),
                optional(node.path("backoff"), RetryPolicy.Backoff::of).orElse(RetryPolicy.Backoff.CONSTANT),
                node.at("/limit/attempt/count").asInt(Integer.MAX_VALUE),
                optional(node.at("/limit/duration"), Durations::of),
                optional(
                        node.path("jitter"),
                        jitter -> new RetryPolicy.Jitter(
                                Durations.of(jitter.path("from")), Durations.of(jitter.path("to")))));
    }

    /** A text is an expression here even without its delimiters, as the standard has it. */
    private static Template transform(JsonNode node) {
        return node.isString() ? Template.of(Expression.compile(node.stringValue())) : Template.of(node);
    }

    private static Optional<Expression> expression(JsonNode node, String key) {
        return optional(node.path(key), value -> Expression.compile(value.stringValue()));
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).stringValue();
    }

    private static <T> Optional<T> optional(JsonNode node, Function<JsonNode, T> reading) {
        return node.isMissingNode() ? Optional.empty() : Optional.of(reading.apply(node));
    }
}
