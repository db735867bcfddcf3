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
final class Checks {

    /** Facts that no contract describes yet are events too. */
    private static final String EXTERNAL = "provider.";

    /** As many as a run may take steps. */
    private static final int MOST_TASKS = 1_000;

    private static final Set<String> DIRECTIVES = Set.of("continue", "exit", "end");

    private final JsonNode root;
    private final Catalogue catalogue;
    private final Problems problems;
    private final ControlFlowGraph controlFlowGraph;
    private final ExpressionChecks expressions;
    private final InputChecks inputs;
    private final List<String> places = new ArrayList<>();

    Checks(JsonNode root, Catalogue catalogue, Problems problems) {
        this.root = root;
        this.catalogue = catalogue;
        this.problems = problems;
        this.controlFlowGraph = new ControlFlowGraph(root);
        this.expressions = new ExpressionChecks(problems, controlFlowGraph);
        this.inputs = new InputChecks(problems);
    }

    void run() {
        JsonNode event = event(root.at("/schedule/on/one/with/type"), "/schedule/on/one/with/type");
        Scope scope = Scope.ofFlow(event);
        collect(root.path("do"), "/do");
        if (places.size() > MOST_TASKS) {
            problems.add("/do", "too_large", "A flow may have 1,000 tasks at most.", null);
            return;
        }
        expressions.text(root.at("/schedule/on/one/with/data"), "/schedule/on/one/with/data", Scope.ofTrigger(event));
        expressions.transform(root.at("/input/from"), "/input/from", scope.with(ValuePath.INPUT, event));
        duration(root.at("/timeout/after"), "/timeout/after");
        tasks(root.path("do"), "/do", scope);
        expressions.transform(root.at("/output/as"), "/output/as", scope.at(ControlFlowGraph.END));
        for (String lost : controlFlowGraph.unreachable(places)) {
            problems.add(
                    lost,
                    "unreachable",
                    "No way leads to “%s”: what stands before it always goes elsewhere."
                            .formatted(lost.substring(lost.lastIndexOf('/') + 1)),
                    null);
        }
    }

    /** The shape of the data of the event that starts the flow. */
    private JsonNode event(JsonNode type, String place) {
        String name = type.asString(EXTERNAL);
        if (!name.startsWith(EXTERNAL) && !catalogue.events().containsKey(name)) {
            problems.add(
                    place,
                    "unknown_event",
                    "There is no event “%s”.".formatted(name),
                    Suggestions.hint(name, catalogue.events().keySet()));
        }
        return catalogue.events().getOrDefault(name, SchemaShapes.UNKNOWN);
    }

    /** Every task by name, before any is looked at: expressions refer to them. */
    private void collect(JsonNode list, String pointer) {
        int index = 0;
        for (JsonNode item : list) {
            Map.Entry<String, JsonNode> task = item.properties().iterator().next();
            String name = task.getKey();
            JsonNode body = task.getValue();
            String place = SourceTree.child(pointer + "/" + index++, name);
            places.add(place);
            if (DIRECTIVES.contains(name)) {
                problems.add(place, "bad_name", "“%s” is a direction and cannot name a task.".formatted(name), null);
            }
            if (!expressions.learn(name, new ExpressionChecks.Result(place, shape(body)))) {
                problems.add(
                        place,
                        "duplicate_task",
                        "Another task is already called “%s”; names are unique in the whole flow.".formatted(name),
                        null);
            }
            collect(body.path("do"), place + "/do");
            collect(body.path("try"), place + "/try");
            collect(body.at("/catch/do"), place + "/catch/do");
        }
    }

    /** What is known of a task's result. */
    private JsonNode shape(JsonNode body) {
        JsonNode output = body.at("/output/as");
        if (output.isMissingNode() && body.has("call")) {
            return Optional.ofNullable(
                            catalogue.functions().get(body.path("call").stringValue()))
                    .map(Function::output)
                    .orElse(SchemaShapes.UNKNOWN);
        }
        JsonNode template = output.isMissingNode() ? body.path("set") : output;
        return template.isString() ? SchemaShapes.UNKNOWN : SchemaShapes.of(template);
    }

    private void tasks(JsonNode list, String pointer, Scope scope) {
        Set<String> siblings = StreamSupport.stream(list.spliterator(), false)
                .flatMap(item -> item.propertyNames().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        int index = 0;
        for (JsonNode item : list) {
            Map.Entry<String, JsonNode> task = item.properties().iterator().next();
            String place = SourceTree.child(pointer + "/" + index++, task.getKey());
            task(task.getValue(), place, siblings, scope.at(controlFlowGraph.begin(place)));
        }
    }

    private void task(JsonNode body, String place, Set<String> siblings, Scope begin) {
        Scope scope = begin.weighing(expressions.condition(body.path("if"), place + "/if", begin));
        expressions.transform(body.at("/input/from"), place + "/input/from", scope);
        target(body.path("then"), place + "/then", siblings);
        duration(body.at("/timeout/after"), place + "/timeout/after");
        call(body, place);
        compensation(body, place + "/metadata/compensate");
        duration(body.at("/metadata/rateLimit/per"), place + "/metadata/rateLimit/per");
        expressions.template(body.at("/metadata/idempotencyKey"), place + "/metadata/idempotencyKey", scope);
        expressions.template(body.path("with"), place + "/with", scope);
        expressions.template(body.path("set"), place + "/set", scope);
        expressions.template(body.at("/raise/error"), place + "/raise/error", scope);
        duration(body.path("wait"), place + "/wait");
        cases(body.path("switch"), place + "/switch", siblings, scope);
        tasks(body.path("do"), place + "/do", scope);
        tasks(body.path("try"), place + "/try", scope);
        handler(body.path("catch"), place, scope);
        expressions.transform(body.at("/output/as"), place + "/output/as", scope.at(controlFlowGraph.done(place)));
        expressions.transform(body.at("/export/as"), place + "/export/as", scope.at(controlFlowGraph.done(place)));
    }

    private void call(JsonNode body, String place) {
        String name = body.path("call").asString("");
        Function function = catalogue.functions().get(name);
        if (function != null) {
            inputs.check(function, body, place);
        } else if (body.has("call")) {
            unknownFunction(name, place + "/call");
        }
    }

    private void unknownFunction(String name, String place) {
        problems.add(
                place,
                "unknown_function",
                "There is no function “%s”.".formatted(name),
                Suggestions.hint(name, catalogue.functions().keySet()));
    }

    private void compensation(JsonNode body, String place) {
        String undo = body.at("/metadata/compensate").asString("");
        if (undo.isEmpty()) {
            return;
        }
        Function called = catalogue.functions().get(body.path("call").asString(""));
        if (!catalogue.functions().containsKey(undo)) {
            unknownFunction(undo, place);
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

    private void cases(JsonNode list, String pointer, Set<String> siblings, Scope scope) {
        String always = "";
        int index = 0;
        for (JsonNode item : list) {
            Map.Entry<String, JsonNode> entry = item.properties().iterator().next();
            String place = SourceTree.child(pointer + "/" + index++, entry.getKey());
            expressions.condition(entry.getValue().path("when"), place + "/when", scope);
            target(entry.getValue().path("then"), place + "/then", siblings);
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

    private void handler(JsonNode node, String task, Scope outer) {
        String place = task + "/catch";
        Scope scope =
                outer.at(controlFlowGraph.caught(task)).with(node.path("as").asString("error"), SchemaShapes.UNKNOWN);
        for (String key : List.of("when", "exceptWhen")) {
            expressions.condition(node.path(key), place + "/" + key, scope);
            expressions.condition(node.path("retry").path(key), place + "/retry/" + key, scope);
        }
        for (String key : List.of("delay", "limit/duration", "jitter/from", "jitter/to")) {
            duration(node.at("/retry/" + key), place + "/retry/" + key);
        }
        tasks(node.path("do"), place + "/do", scope);
    }

    private void target(JsonNode then, String place, Set<String> siblings) {
        String target = then.asString("continue");
        if (!DIRECTIVES.contains(target) && !siblings.contains(target)) {
            problems.add(
                    place,
                    "unknown_target",
                    "There is no task “%s” in this list to go to.".formatted(target),
                    Suggestions.hint(target, siblings));
        }
    }

    private void duration(JsonNode node, String place) {
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
