package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.CpuBudget;
import dev.patchbay.flowlanguage.expression.ValuePath;
import dev.patchbay.flowlanguage.source.SourceTree;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Validates what a JSON Schema cannot express: task names, targets of {@code then}, functions, durations and expressions, in the order of the file. */
final class SemanticValidation {

    /** Events that no contract describes yet have a type with this prefix; any such type is accepted. */
    private static final String PROVIDER_PREFIX = "provider.";

    /** The same number as the steps that a run may take. */
    private static final int MAX_TASKS = 1_000;

    /** Ten years, leap days included. */
    private static final Duration MAX_DURATION = Duration.ofDays(3660);

    private static final Set<String> DIRECTIVES = Set.of("continue", "exit", "end");

    private final JsonNode root;
    private final Catalogue catalogue;
    private final Problems problems;
    private final ControlFlowGraph graph;
    private final ExpressionValidation expressions;
    private final CallInputValidation inputs;
    private final List<String> pointers = new ArrayList<>();

    SemanticValidation(JsonNode root, Catalogue catalogue, Problems problems) {
        this.root = root;
        this.catalogue = catalogue;
        this.problems = problems;
        this.graph = new ControlFlowGraph(root);
        this.expressions = new ExpressionValidation(problems, graph);
        this.inputs = new CallInputValidation(problems);
    }

    void check() {
        JsonNode event = eventSchema(root.at("/schedule/on/one/with/type"), "/schedule/on/one/with/type");
        Scope scope = Scope.ofFlow(event);
        registerTasks(root.path("do"), "/do");
        if (pointers.size() > MAX_TASKS) {
            problems.add("/do", "too_large", "A flow must have at most 1,000 tasks.", null);
            return;
        }
        expressions.checkExpression(
                root.at("/schedule/on/one/with/data"), "/schedule/on/one/with/data", Scope.ofTrigger(event));
        expressions.checkTransform(root.at("/input/from"), "/input/from", scope.withVariable(ValuePath.INPUT, event));
        checkDuration(root.at("/timeout/after"), "/timeout/after");
        checkTasks(root.path("do"), "/do", scope);
        expressions.checkTransform(root.at("/output/as"), "/output/as", scope.atPoint(ControlFlowGraph.END));
        for (String unreachable : graph.unreachableTasks(pointers)) {
            problems.add(
                    unreachable,
                    "unreachable",
                    "“%s” can never run: every path before it goes elsewhere or ends."
                            .formatted(unreachable.substring(unreachable.lastIndexOf('/') + 1)),
                    "Remove it, or let a then lead to it.");
        }
    }

    /** The schema of the data of the event that starts the flow. */
    private JsonNode eventSchema(JsonNode type, String pointer) {
        String name = type.asString(PROVIDER_PREFIX);
        if (!name.startsWith(PROVIDER_PREFIX) && !catalogue.events().containsKey(name)) {
            problems.add(
                    pointer,
                    "unknown_event",
                    "There is no event type “%s”.".formatted(name),
                    Suggestions.didYouMean(name, catalogue.events().keySet()));
        }
        return catalogue.events().getOrDefault(name, SchemaShapes.UNKNOWN);
    }

    /** Registers every task before any is checked, because an expression may name a task that comes later in the file. */
    private void registerTasks(JsonNode list, String listPointer) {
        int index = 0;
        for (JsonNode item : list) {
            Map.Entry<String, JsonNode> task = item.properties().iterator().next();
            String name = task.getKey();
            JsonNode body = task.getValue();
            String pointer = SourceTree.child(listPointer + "/" + index++, name);
            pointers.add(pointer);
            if (DIRECTIVES.contains(name)) {
                problems.add(
                        pointer,
                        "bad_name",
                        "“%s” is a flow directive and cannot be the name of a task.".formatted(name),
                        "Choose a name other than continue, exit and end.");
            }
            if (!expressions.registerTask(name, new ExpressionValidation.Result(pointer, resultSchema(body)))) {
                problems.add(
                        pointer,
                        "duplicate_task",
                        "Another task is already named “%s”; task names must be unique in the whole flow."
                                .formatted(name),
                        null);
            }
            registerTasks(body.path("do"), pointer + "/do");
            registerTasks(body.path("try"), pointer + "/try");
            registerTasks(body.at("/catch/do"), pointer + "/catch/do");
        }
    }

    /** The schema of a task's result, as far as the file tells. */
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

    private void checkTasks(JsonNode list, String listPointer, Scope scope) {
        Set<String> siblings = StreamSupport.stream(list.spliterator(), false)
                .flatMap(item -> item.propertyNames().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        int index = 0;
        for (JsonNode item : list) {
            Map.Entry<String, JsonNode> task = item.properties().iterator().next();
            String pointer = SourceTree.child(listPointer + "/" + index++, task.getKey());
            checkTask(task.getValue(), pointer, siblings, scope.atPoint(graph.entryPoint(pointer)));
        }
    }

    private void checkTask(JsonNode body, String pointer, Set<String> siblings, Scope entry) {
        CpuBudget.checkCurrent();
        Scope before = entry.forTask();
        Scope within = before.withVariable("input", SchemaShapes.UNKNOWN);
        Set<String> checkedTasks = expressions.checkCondition(body.path("if"), pointer + "/if", within);
        Scope scope = within.withCheckedTasks(checkedTasks);
        expressions.checkTransform(
                body.at("/input/from"), pointer + "/input/from", before.withCheckedTasks(checkedTasks));
        checkTarget(body.path("then"), pointer + "/then", siblings);
        checkDuration(body.at("/timeout/after"), pointer + "/timeout/after");
        checkCall(body, pointer);
        checkCompensation(body, pointer + "/metadata/compensate");
        checkDuration(body.at("/metadata/rateLimit/per"), pointer + "/metadata/rateLimit/per");
        checkDuration(body.at("/metadata/patience"), pointer + "/metadata/patience");
        expressions.checkTemplate(body.at("/metadata/idempotencyKey"), pointer + "/metadata/idempotencyKey", scope);
        expressions.checkTemplate(body.path("with"), pointer + "/with", scope);
        expressions.checkTemplate(body.path("set"), pointer + "/set", scope);
        expressions.checkTemplate(body.at("/raise/error"), pointer + "/raise/error", scope);
        checkWait(body.path("wait"), pointer + "/wait", scope);
        checkCases(body.path("switch"), pointer + "/switch", siblings, scope);
        checkTasks(body.path("do"), pointer + "/do", scope);
        checkTasks(body.path("try"), pointer + "/try", scope);
        checkCatch(body.path("catch"), pointer, scope);
        Scope after = scope.atPoint(graph.exitPoint(pointer));
        expressions.checkTransform(body.at("/output/as"), pointer + "/output/as", after);
        expressions.checkTransform(
                body.at("/export/as"), pointer + "/export/as", after.withVariable("output", SchemaShapes.UNKNOWN));
    }

    private void checkWait(JsonNode wait, String pointer, Scope scope) {
        if (!wait.has("until")) {
            checkDuration(wait, pointer);
            return;
        }
        expressions.checkTemplate(wait.path("until"), pointer + "/until", scope);
        if (wait.size() > 1) {
            problems.add(pointer, "bad_value", "A wait has either “until” or a duration, not both.", null);
        }
    }

    private void checkCall(JsonNode body, String pointer) {
        String name = body.path("call").asString("");
        Function function = catalogue.functions().get(name);
        if (function != null) {
            inputs.check(function, body, pointer);
            new MessageTextValidation(problems).check(function, body, pointer);
        } else if (body.has("call")) {
            reportUnknownFunction(name, pointer + "/call");
        }
    }

    private void reportUnknownFunction(String name, String pointer) {
        problems.add(
                pointer,
                "unknown_function",
                "There is no function “%s”.".formatted(name),
                Suggestions.didYouMean(name, catalogue.functions().keySet()));
    }

    private void checkCompensation(JsonNode body, String pointer) {
        String compensation = body.at("/metadata/compensate").asString("");
        if (compensation.isEmpty()) {
            return;
        }
        Function called = catalogue.functions().get(body.path("call").asString(""));
        if (!catalogue.functions().containsKey(compensation)) {
            reportUnknownFunction(compensation, pointer);
        } else if (called == null) {
            problems.add(pointer, "cannot_undo", "Only a call can have compensate.", "Remove it here.");
        } else if (called.undoneBy().isEmpty()) {
            problems.add(
                    pointer, "cannot_undo", "No function undoes %s.".formatted(called.name()), "Remove compensate.");
        } else if (!called.undoneBy().get().equals(compensation)) {
            problems.add(
                    pointer,
                    "cannot_undo",
                    "%s does not undo %s.".formatted(compensation, called.name()),
                    "Use %s.".formatted(called.undoneBy().get()));
        }
    }

    private void checkCases(JsonNode list, String listPointer, Set<String> siblings, Scope scope) {
        String always = "";
        int index = 0;
        for (JsonNode item : list) {
            Map.Entry<String, JsonNode> entry = item.properties().iterator().next();
            String pointer = SourceTree.child(listPointer + "/" + index++, entry.getKey());
            expressions.checkCondition(entry.getValue().path("when"), pointer + "/when", scope);
            checkTarget(entry.getValue().path("then"), pointer + "/then", siblings);
            if (!always.isEmpty()) {
                problems.add(
                        pointer,
                        "unreachable",
                        "“%s” can never be chosen: “%s” before it has no when and always matches."
                                .formatted(entry.getKey(), always),
                        "Put the case without when last.");
            } else if (!entry.getValue().has("when")) {
                always = entry.getKey();
            }
        }
    }

    private void checkCatch(JsonNode node, String task, Scope outer) {
        String pointer = task + "/catch";
        Scope scope = outer.atPoint(graph.handlerPoint(task))
                .withVariable(node.path("as").asString("error"), SchemaShapes.UNKNOWN);
        for (String key : List.of("when", "exceptWhen")) {
            expressions.checkCondition(node.path(key), pointer + "/" + key, scope);
            expressions.checkCondition(node.path("retry").path(key), pointer + "/retry/" + key, scope);
        }
        for (String key : List.of("delay", "limit/duration", "jitter/from", "jitter/to")) {
            checkDuration(node.at("/retry/" + key), pointer + "/retry/" + key);
        }
        checkTasks(node.path("do"), pointer + "/do", scope);
    }

    private void checkTarget(JsonNode then, String pointer, Set<String> siblings) {
        String target = then.asString("continue");
        if (!DIRECTIVES.contains(target) && !siblings.contains(target)) {
            problems.add(
                    pointer,
                    "unknown_target",
                    "There is no task “%s” in this list.".formatted(target),
                    Objects.requireNonNullElse(
                            Suggestions.didYouMean(target, siblings),
                            "A then leads to a task of the same list, or is continue, exit or end."));
        }
    }

    private void checkDuration(JsonNode node, String pointer) {
        if (node.isMissingNode()) {
            return;
        }
        try {
            if (Durations.of(node).compareTo(MAX_DURATION) <= 0) {
                return;
            }
        } catch (DateTimeException | ArithmeticException | NumberFormatException tooLarge) {
            // The schema has checked the form, so the number is too large: reported below.
        }
        problems.add(pointer, "bad_value", "A duration must not be longer than ten years.", null);
    }
}
