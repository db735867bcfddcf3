package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.source.SourceTree;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What a schema cannot say: names, targets, functions, durations and expressions, task by task in the order of the file. */
final class Checks {

    private static final Set<String> DIRECTIVES = Set.of("continue", "exit", "end");

    private final JsonNode root;
    private final FunctionCatalogue functions;
    private final Problems problems;
    private final Set<String> allTasks = new HashSet<>();
    private final ExpressionChecks expressions;

    Checks(JsonNode root, FunctionCatalogue functions, Problems problems) {
        this.root = root;
        this.functions = functions;
        this.problems = problems;
        this.expressions = new ExpressionChecks(problems, allTasks);
    }

    void run() {
        collectNames(root.path("do"), "/do");
        expressions.text(root.at("/schedule/on/one/with/data"), "/schedule/on/one/with/data", Set.of());
        expressions.transform(root.at("/input/from"), "/input/from", ExpressionChecks.VARIABLES);
        duration(root.at("/timeout/after"), "/timeout/after");
        tasks(root.path("do"), "/do", ExpressionChecks.VARIABLES);
        expressions.transform(root.at("/output/as"), "/output/as", ExpressionChecks.VARIABLES);
    }

    private void collectNames(JsonNode list, String pointer) {
        int index = 0;
        for (JsonNode item : list) {
            Map.Entry<String, JsonNode> task = item.properties().iterator().next();
            String place = SourceTree.child(pointer + "/" + index++, task.getKey());
            if (DIRECTIVES.contains(task.getKey())) {
                problems.add(
                        place,
                        "bad_name",
                        "“%s” is a direction and cannot name a task.".formatted(task.getKey()),
                        null);
            }
            if (!allTasks.add(task.getKey())) {
                problems.add(
                        place,
                        "duplicate_task",
                        "Another task is already called “%s”; names are unique in the whole flow."
                                .formatted(task.getKey()),
                        null);
            }
            JsonNode body = task.getValue();
            collectNames(body.path("do"), place + "/do");
            collectNames(body.path("try"), place + "/try");
            collectNames(body.at("/catch/do"), place + "/catch/do");
        }
    }

    private void tasks(JsonNode list, String pointer, Set<String> variables) {
        Set<String> siblings = StreamSupport.stream(list.spliterator(), false)
                .flatMap(item -> item.propertyNames().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        int index = 0;
        for (JsonNode item : list) {
            Map.Entry<String, JsonNode> task = item.properties().iterator().next();
            String place = SourceTree.child(pointer + "/" + index++, task.getKey());
            task(task.getValue(), place, siblings, variables);
            expressions.done(task.getKey());
            expressions.transform(task.getValue().at("/output/as"), place + "/output/as", variables);
            expressions.transform(task.getValue().at("/export/as"), place + "/export/as", variables);
        }
    }

    private void task(JsonNode body, String place, Set<String> siblings, Set<String> variables) {
        expressions.text(body.path("if"), place + "/if", variables);
        expressions.transform(body.at("/input/from"), place + "/input/from", variables);
        target(body.path("then"), place + "/then", siblings);
        duration(body.at("/timeout/after"), place + "/timeout/after");
        function(body.path("call"), place + "/call");
        function(body.at("/metadata/compensate"), place + "/metadata/compensate");
        duration(body.at("/metadata/rateLimit/per"), place + "/metadata/rateLimit/per");
        expressions.template(body.at("/metadata/idempotencyKey"), place + "/metadata/idempotencyKey", variables);
        expressions.template(body.path("with"), place + "/with", variables);
        expressions.template(body.path("set"), place + "/set", variables);
        expressions.template(body.at("/raise/error"), place + "/raise/error", variables);
        duration(body.path("wait"), place + "/wait");
        cases(body.path("switch"), place + "/switch", siblings, variables);
        tasks(body.path("do"), place + "/do", variables);
        tasks(body.path("try"), place + "/try", variables);
        handler(body.path("catch"), place + "/catch", variables);
    }

    private void cases(JsonNode list, String pointer, Set<String> siblings, Set<String> variables) {
        int index = 0;
        for (JsonNode item : list) {
            Map.Entry<String, JsonNode> entry = item.properties().iterator().next();
            String place = SourceTree.child(pointer + "/" + index++, entry.getKey());
            expressions.text(entry.getValue().path("when"), place + "/when", variables);
            target(entry.getValue().path("then"), place + "/then", siblings);
        }
    }

    private void handler(JsonNode node, String place, Set<String> outer) {
        Set<String> variables = new HashSet<>(outer);
        variables.add(node.path("as").asString("error"));
        for (String key : Set.of("when", "exceptWhen")) {
            expressions.text(node.path(key), place + "/" + key, variables);
            expressions.text(node.path("retry").path(key), place + "/retry/" + key, variables);
        }
        for (String key : Set.of("delay", "limit/duration", "jitter/from", "jitter/to")) {
            duration(node.at("/retry/" + key), place + "/retry/" + key);
        }
        tasks(node.path("do"), place + "/do", variables);
    }

    private void target(JsonNode then, String place, Set<String> siblings) {
        String target = then.asString("continue");
        if (!DIRECTIVES.contains(target) && !siblings.contains(target)) {
            problems.add(
                    place,
                    "unknown_target",
                    "There is no task “%s” in this list to go to.".formatted(target),
                    Spelling.hint(target, siblings));
        }
    }

    private void function(JsonNode call, String place) {
        Collection<String> known = functions.names();
        if (call.isString() && !known.contains(call.stringValue())) {
            problems.add(
                    place,
                    "unknown_function",
                    "There is no function “%s”.".formatted(call.stringValue()),
                    Spelling.hint(call.stringValue(), known));
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
