package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.ValuePath;
import dev.patchbay.flowlanguage.source.SourceTree;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What a schema cannot say: names, targets, functions, durations and expressions, task by task in the order of the file. */
final class SemanticValidation {

    /** Facts that no contract describes yet are events too. */
    private static final String PROVIDER_PREFIX = "provider.";

    /** As many as a run may take steps. */
    private static final int MAX_TASKS = 1_000;

    private static final Set<String> DIRECTIVES = Set.of("continue", "exit", "end");

    private final JsonNode root;
    private final Catalogue catalogue;
    private final Problems problems;
    private final ControlFlowGraph controlFlowGraph;
    private final ExpressionValidation expressions;
    private final CallInputValidation inputs;
    private final List<String> pointers = new ArrayList<>();

    SemanticValidation(JsonNode root, Catalogue catalogue, Problems problems) {
        this.root = root;
        this.catalogue = catalogue;
        this.problems = problems;
        this.controlFlowGraph = new ControlFlowGraph(root);
        this.expressions = new ExpressionValidation(problems, controlFlowGraph);
        this.inputs = new CallInputValidation(problems);
    }

    void check() {
        JsonNode event = eventSchema(root.at("/schedule/on/one/with/type"), "/schedule/on/one/with/type");
        Scope scope = Scope.ofFlow(event);
        registerTasks(root.path("do"), "/do");
        if (pointers.size() > MAX_TASKS) {
            problems.add("/do", "too_large", "A flow may have 1,000 tasks at most.", null);
            return;
        }
        expressions.checkExpression(root.at("/schedule/on/one/with/data"), "/schedule/on/one/with/data", Scope.ofTrigger(event));
        expressions.checkTransform(root.at("/input/from"), "/input/from", scope.withVariable(ValuePath.INPUT, event));
        checkDuration(root.at("/timeout/after"), "/timeout/after");
        checkTasks(root.path("do"), "/do", scope);
        expressions.checkTransform(root.at("/output/as"), "/output/as", scope.atPoint(ControlFlowGraph.END));
        for (String lost : controlFlowGraph.unreachableTasks(pointers)) {
            problems.add(
                    lost,
                    "unreachable",
                    "No way leads to “%s”: what stands before it always goes elsewhere."
                            .formatted(lost.substring(lost.lastIndexOf('/') + 1)),
                    null);
        }
    }

    /** The shape of the data of the event that starts the flow. */
    private JsonNode eventSchema(JsonNode type, String place) {
        String name = type.asString(PROVIDER_PREFIX);
        if (!name.startsWith(PROVIDER_PREFIX) && !catalogue.events().containsKey(name)) {
            problems.add(
                    place,
                    "unknown_event",
                    "There is no event “%s”.".formatted(name),
                    Suggestions.didYouMean(name, catalogue.events().keySet()));
        }
        return catalogue.events().getOrDefault(name, SchemaShapes.UNKNOWN);
    }

    /** Every task by name, before any is looked at: expressions refer to them. */
    private void registerTasks(JsonNode list, String pointer) {
        int index = 0;
        for (JsonNode item : list) {
            Map.Entry<String, JsonNode> task = item.properties().iterator().next();
            String name = task.getKey();
            JsonNode body = task.getValue();
            String place = SourceTree.child(pointer + "/" + index++, name);
            pointers.add(place);
            if (DIRECTIVES.contains(name)) {
                problems.add(place, "bad_name", "“%s” is a direction and cannot name a task.".formatted(name), null);
            }
            if (!expressions.registerTask(name, new ExpressionValidation.Result(place, resultSchema(body)))) {
                problems.add(
                        place,
                        "duplicate_task",
                        "Another task is already called “%s”; names are unique in the whole flow.".formatted(name),
                        null);
            }
            registerTasks(body.path("do"), place + "/do");
            registerTasks(body.path("try"), place + "/try");
            registerTasks(body.at("/catch/do"), place + "/catch/do");
        }
    }

    /** What is known of a task's result. */
    private JsonNode resultSchema(JsonNode body) {
        JsonNode output = body.at("/output/as");
        if (output.isMissingNode() && body.has("call")) {
            return Optional.ofNullable(
                            catalogue.functions().get(body.path("call").stringValue()))
                    .map(Function::output)
                    .orElse(SchemaShapes.UNKNOWN);
        }
        JsonNode template = output.isMissingNode() ? body.path("set") : output;
        return template.isString() ? SchemaShapes.UNKNOWN : SchemaShapes.ofTemplate(template);
    }

    private void checkTasks(JsonNode list, String pointer, Scope scope) {
        Set<String> siblings = StreamSupport.stream(list.spliterator(), false)
                .flatMap(item -> item.propertyNames().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        int index = 0;
        for (JsonNode item : list) {
            Map.Entry<String, JsonNode> task = item.properties().iterator().next();
            String place = SourceTree.child(pointer + "/" + index++, task.getKey());
            checkTask(task.getValue(), place, siblings, scope.atPoint(controlFlowGraph.entryPoint(place)));
        }
    }

    private void checkTask(JsonNode body, String place, Set<String> siblings, Scope begin) {
        Scope scope = begin.withCheckedTasks(expressions.checkCondition(body.path("if"), place + "/if", begin));
        expressions.checkTransform(body.at("/input/from"), place + "/input/from", scope);
        checkTarget(body.path("then"), place + "/then", siblings);
        checkDuration(body.at("/timeout/after"), place + "/timeout/after");
        checkCall(body, place);
        checkCompensation(body, place + "/metadata/compensate");
        checkDuration(body.at("/metadata/rateLimit/per"), place + "/metadata/rateLimit/per");
        expressions.checkTemplate(body.at("/metadata/idempotencyKey"), place + "/metadata/idempotencyKey", scope);
        expressions.checkTemplate(body.path("with"), place + "/with", scope);
        expressions.checkTemplate(body.path("set"), place + "/set", scope);
        expressions.checkTemplate(body.at("/raise/error"), place + "/raise/error", scope);
        checkDuration(body.path("wait"), place + "/wait");
        checkCases(body.path("switch"), place + "/switch", siblings, scope);
        checkTasks(body.path("do"), place + "/do", scope);
        checkTasks(body.path("try"), place + "/try", scope);
        checkCatch(body.path("catch"), place, scope);
        expressions.checkTransform(body.at("/output/as"), place + "/output/as", scope.atPoint(controlFlowGraph.exitPoint(place)));
        expressions.checkTransform(body.at("/export/as"), place + "/export/as", scope.atPoint(controlFlowGraph.exitPoint(place)));
    }

    private void checkCall(JsonNode body, String place) {
        String name = body.path("call").asString("");
        Function function = catalogue.functions().get(name);
        if (function != null) {
            inputs.check(function, body, place);
        } else if (body.has("call")) {
            reportUnknownFunction(name, place + "/call");
        }
    }

    private void reportUnknownFunction(String name, String place) {
        problems.add(
                place,
                "unknown_function",
                "There is no function “%s”.".formatted(name),
                Suggestions.didYouMean(name, catalogue.functions().keySet()));
    }

    private void checkCompensation(JsonNode body, String place) {
        String undo = body.at("/metadata/compensate").asString("");
        if (undo.isEmpty()) {
            return;
        }
        Function called = catalogue.functions().get(body.path("call").asString(""));
        if (!catalogue.functions().containsKey(undo)) {
            reportUnknownFunction(undo, place);
        } else if (called == null) {
            problems.add(place, "cannot_undo", "Only a call can be undone by another.", null);
        } else if (called.undoneBy().isEmpty()) {
            problems.add(place, "cannot_undo", "Nothing undoes %s.".formatted(called.name()), null);
        } else if (!called.undoneBy().get().equals(undo)) {
            problems.add(
                    place,
                    "cannot_undo",
                    "%s does not undo %s.".formatted(undo, called.name()),
                    "%s does.".formatted(called.undoneBy().get()));
        }
    }

    private void checkCases(JsonNode list, String pointer, Set<String> siblings, Scope scope) {
        String always = "";
        int index = 0;
        for (JsonNode item : list) {
            Map.Entry<String, JsonNode> entry = item.properties().iterator().next();
            String place = SourceTree.child(pointer + "/" + index++, entry.getKey());
            expressions.checkCondition(entry.getValue().path("when"), place + "/when", scope);
            checkTarget(entry.getValue().path("then"), place + "/then", siblings);
            if (!always.isEmpty()) {
                problems.add(
                        place,
                        "unreachable",
                        "“%s” is never chosen: “%s” before it always is.".formatted(entry.getKey(), always),
                        "A case without when stands last.");
            } else if (!entry.getValue().has("when")) {
                always = entry.getKey();
            }
        }
    }

    private void checkCatch(JsonNode node, String task, Scope outer) {
        String place = task + "/catch";
        Scope scope =
                outer.atPoint(controlFlowGraph.handlerPoint(task)).withVariable(node.path("as").asString("error"), SchemaShapes.UNKNOWN);
        for (String key : List.of("when", "exceptWhen")) {
            expressions.checkCondition(node.path(key), place + "/" + key, scope);
            expressions.checkCondition(node.path("retry").path(key), place + "/retry/" + key, scope);
        }
        for (String key : List.of("delay", "limit/duration", "jitter/from", "jitter/to")) {
            checkDuration(node.at("/retry/" + key), place + "/retry/" + key);
        }
        checkTasks(node.path("do"), place + "/do", scope);
    }

    private void checkTarget(JsonNode then, String place, Set<String> siblings) {
        String target = then.asString("continue");
        if (!DIRECTIVES.contains(target) && !siblings.contains(target)) {
            problems.add(
                    place,
                    "unknown_target",
                    "There is no task “%s” in this list to go to.".formatted(target),
                    Suggestions.didYouMean(target, siblings));
        }
    }

    private void checkDuration(JsonNode node, String place) {
        if (node.isMissingNode()) {
            return;
        }
        try {
            if (Durations.of(node).compareTo(Duration.ofDays(3660)) <= 0) {
                return;
            }
        } catch (DateTimeException | ArithmeticException | NumberFormatException tooLarge) {
            // falls through: said below in the author's words
        }
        problems.add(place, "bad_value", "A duration is ten years at most.", null);
    }
}
