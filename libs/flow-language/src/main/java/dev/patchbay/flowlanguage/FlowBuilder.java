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

/** Builds the model from a tree that passed validation. */
final class FlowBuilder {

    private static final String UNTIL = "until";

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
                optional(root.path("schedule"), schedule -> buildTrigger(schedule.at("/on/one/with"))),
                optional(root.at("/input/from"), FlowBuilder::compileTransform),
                optional(root.at("/output/as"), FlowBuilder::compileTransform),
                optional(root.at("/timeout/after"), Durations::of),
                buildTasks(root.path("do"), "/do"),
                root);
    }

    private static Trigger buildTrigger(JsonNode with) {
        Map<String, String> attributes = new HashMap<>();
        with.properties()
                .forEach(
                        entry -> attributes.put(entry.getKey(), entry.getValue().stringValue()));
        attributes.keySet().removeAll(List.of("type", "data"));
        return new Trigger(text(with, "type"), attributes, compileExpression(with, "data"));
    }

    private static List<Task> buildTasks(JsonNode list, String listPointer) {
        List<Task> tasks = new ArrayList<>();
        for (JsonNode item : list) {
            Map.Entry<String, JsonNode> entry = item.properties().iterator().next();
            String pointer = SourceTree.child(listPointer + "/" + tasks.size(), entry.getKey());
            tasks.add(buildTask(entry.getValue(), buildHeader(entry.getKey(), pointer, entry.getValue())));
        }
        return tasks;
    }

    private static Task buildTask(JsonNode body, TaskHeader header) {
        return switch (TaskKind.of(body)) {
            case CALL ->
                new Task.CallTask(
                        header, text(body, "call"), Template.of(body.has("with") ? body.path("with") : NOTHING));
            case DO -> new Task.DoTask(header, buildTasks(body.path("do"), header.pointer() + "/do"));
            case SET -> new Task.SetTask(header, Template.of(body.path("set")));
            case SWITCH -> new Task.SwitchTask(header, buildCases(body.path("switch")));
            case WAIT -> buildWait(header, body.path("wait"));
            case RAISE -> new Task.RaiseTask(header, Template.of(body.at("/raise/error")));
            case TRY ->
                new Task.TryTask(
                        header,
                        buildTasks(body.path("try"), header.pointer() + "/try"),
                        buildCatch(body.path("catch"), header.pointer() + "/catch"));
        };
    }

    private static TaskHeader buildHeader(String name, String pointer, JsonNode body) {
        return new TaskHeader(
                name,
                pointer,
                compileExpression(body, "if"),
                Then.of(body.path("then").asString("continue")),
                optional(body.at("/timeout/after"), Durations::of),
                optional(body.at("/input/from"), FlowBuilder::compileTransform),
                optional(body.at("/output/as"), FlowBuilder::compileTransform),
                optional(body.at("/export/as"), FlowBuilder::compileTransform),
                buildMetadata(body.path("metadata")));
    }

    private static TaskMetadata buildMetadata(JsonNode node) {
        return new TaskMetadata(
                optional(node.path("compensate"), JsonNode::stringValue),
                optional(node.path("idempotencyKey"), Template::of),
                optional(
                        node.path("rateLimit"),
                        limit -> new RateLimit(limit.path("count").intValue(), Durations.of(limit.path("per")))),
                Arrays.stream(OnUnknown.values())
                        .filter(policy ->
                                policy.keyword().equals(node.path("onUnknown").asString("")))
                        .findFirst(),
                optional(node.path("patience"), Durations::of));
    }

    private static List<Task.SwitchTask.Case> buildCases(JsonNode list) {
        List<Task.SwitchTask.Case> cases = new ArrayList<>();
        for (JsonNode item : list) {
            item.properties()
                    .forEach(entry -> cases.add(new Task.SwitchTask.Case(
                            entry.getKey(),
                            compileExpression(entry.getValue(), "when"),
                            Then.of(text(entry.getValue(), "then")))));
        }
        return cases;
    }

    private static Task.Catch buildCatch(JsonNode node, String pointer) {
        Map<String, JsonNode> filter = new HashMap<>();
        node.at("/errors/with").properties().forEach(entry -> filter.put(entry.getKey(), entry.getValue()));
        return new Task.Catch(
                new ErrorFilter(filter),
                node.path("as").asString("error"),
                compileExpression(node, "when"),
                compileExpression(node, "exceptWhen"),
                optional(node.path("retry"), FlowBuilder::buildRetryPolicy),
                buildTasks(node.path("do"), pointer + "/do"));
    }

    private static RetryPolicy buildRetryPolicy(JsonNode node) {
        return new RetryPolicy(
                compileExpression(node, "when"),
                compileExpression(node, "exceptWhen"),
                optional(node.path("delay"), Durations::of).orElse(Duration.ZERO),
                optional(node.path("backoff"), RetryPolicy.Backoff::of).orElse(RetryPolicy.Backoff.CONSTANT),
                node.at("/limit/attempt/count").asInt(Integer.MAX_VALUE),
                optional(node.at("/limit/duration"), Durations::of),
                optional(
                        node.path("jitter"),
                        jitter -> new RetryPolicy.Jitter(
                                Durations.of(jitter.path("from")), Durations.of(jitter.path("to")))));
    }

    /** Text is an expression here even without its delimiters, as the standard defines. */
    private static Template compileTransform(JsonNode node) {
        return node.isString() ? Template.of(Expression.compile(node.stringValue())) : Template.of(node);
    }

    private static Optional<Expression> compileExpression(JsonNode node, String key) {
        return optional(node.path(key), value -> Expression.compile(value.stringValue()));
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).stringValue();
    }

    private static Task buildWait(TaskHeader header, JsonNode wait) {
        return wait.has(UNTIL)
                ? new Task.WaitUntilTask(header, Template.of(wait.path(UNTIL)))
                : new Task.WaitTask(header, Durations.of(wait));
    }

    private static <T> Optional<T> optional(JsonNode node, Function<JsonNode, T> parser) {
        return node.isMissingNode() ? Optional.empty() : Optional.of(parser.apply(node));
    }
}
