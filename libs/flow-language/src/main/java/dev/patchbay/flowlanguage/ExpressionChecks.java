package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.Expression;
import dev.patchbay.flowlanguage.expression.ExpressionFailed;
import dev.patchbay.flowlanguage.expression.ValuePath;
import dev.patchbay.flowlanguage.source.SourceTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Every expression of a flow compiles, knows its variables and their members, and looks only at tasks that came before. */
final class ExpressionChecks {

    private static final Map<String, String> UNKNOWN_MEMBER = Map.of(
            "event", "unknown_event_field", ValuePath.INPUT, "unknown_event_field", "client", "unknown_client_field");

    /** A task's pointer, and what is known of its result. */
    record Result(String pointer, JsonNode shape) {}

    private final Problems problems;
    private final ControlFlowGraph controlFlowGraph;
    private final Map<String, Result> results = new HashMap<>();

    ExpressionChecks(Problems problems, ControlFlowGraph controlFlowGraph) {
        this.problems = problems;
        this.controlFlowGraph = controlFlowGraph;
    }

    /** False when a task of that name is known already. */
    boolean learn(String task, Result result) {
        return results.putIfAbsent(task, result) == null;
    }

    /** A place where only an expression can stand; delimiters are optional. */
    void text(JsonNode node, String place, Scope scope) {
        if (node.isString()) {
            expression(node.stringValue(), place, scope, false);
        }
    }

    /** As {@link #text}, for a question whose answer decides what follows: which tasks it looks at. */
    Set<String> condition(JsonNode node, String place, Scope scope) {
        return node.isString()
                ? expression(node.stringValue(), place, scope, true).stream()
                        .filter(valuePath -> valuePath.root().equals("steps")
                                && !valuePath.members().isEmpty())
                        .map(valuePath -> valuePath.members().getFirst())
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    /** A text is an expression, a mapping a template. */
    void transform(JsonNode node, String place, Scope scope) {
        text(node, place, scope);
        if (node.isContainer()) {
            template(node, place, scope);
        }
    }

    /** A tree in which delimited texts are expressions. */
    void template(JsonNode node, String place, Scope scope) {
        if (node.isString()) {
            inTemplate(node.stringValue(), place, scope);
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            template(entry.getValue(), SourceTree.child(place, entry.getKey()), scope);
        }
        if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                template(node.get(index), place + "/" + index, scope);
            }
        }
    }

    private void inTemplate(String text, String place, Scope scope) {
        if (Expression.isDelimited(text)) {
            expression(text, place, scope, false);
        } else if (text.contains("${")) {
            problems.add(
                    place,
                    "half_expression",
                    "An expression must fill the whole value here.",
                    "Write ${ \"text \\(.value)\" } to mix text and values.");
        }
    }

    /** @param asking its answer decides what follows, so a result that is not there is thought of */
    private List<ValuePath> expression(String text, String place, Scope scope, boolean asking) {
        try {
            Expression expression = Expression.compile(text);
            Set<String> known = scope.variables();
            expression.variables().stream()
                    .filter(name -> !known.contains(name))
                    .sorted()
                    .forEach(name -> problems.add(
                            place,
                            "unknown_variable",
                            "There is no variable $%s here.".formatted(name),
                            Suggestions.hint(name, known)));
            boolean minded = asking || text.contains("//") || text.contains("null");
            expression.accesses().forEach(valuePath -> access(valuePath, place, scope, minded));
            return expression.accesses();
        } catch (ExpressionFailed failed) {
            problems.add(place, "bad_expression", failed.sentence(), null);
            return List.of();
        }
    }

    /** @param minded the author thought of a value that is not there */
    private void access(ValuePath valuePath, String place, Scope scope, boolean minded) {
        if (!valuePath.root().equals("steps")) {
            members(valuePath, 0, scope.shapes().getOrDefault(valuePath.root(), SchemaShapes.UNKNOWN), place);
        } else if (!valuePath.members().isEmpty()) {
            String task = valuePath.members().getFirst();
            Result result = results.get(task);
            if (result == null) {
                problems.add(
                        place,
                        "unknown_step",
                        "$steps.%s refers to a task that does not exist.".formatted(task),
                        Suggestions.hint(task, results.keySet()));
            } else if (!controlFlowGraph.canPrecede(result.pointer(), scope.point())) {
                problems.add(
                        place,
                        "later_step",
                        "$steps.%s refers to a task that has not run yet at this point.".formatted(task),
                        null);
            } else {
                members(valuePath, 1, result.shape(), place);
                if (!minded
                        && !scope.weighed().contains(task)
                        && controlFlowGraph.canMiss(result.pointer(), scope.point())) {
                    problems.warn(
                            place,
                            "may_not_have_run",
                            "$steps.%s is null when the run did not come past that task.".formatted(task),
                            "Say what counts then, for example ${ $steps.%s.id // null }, or ask with if."
                                    .formatted(task));
                }
            }
        }
    }

    private void members(ValuePath valuePath, int from, JsonNode shape, String place) {
        List<String> members = valuePath.members();
        SchemaShapes.Missing missing = SchemaShapes.missing(shape, members.subList(from, members.size()));
        if (missing != null) {
            problems.add(
                    place,
                    UNKNOWN_MEMBER.getOrDefault(valuePath.root(), "unknown_output"),
                    "%s has no “%s”."
                            .formatted(written(valuePath, from + missing.depth()), members.get(from + missing.depth())),
                    Suggestions.choice(members.get(from + missing.depth()), missing.known()));
        }
    }

    /** The first members of an access as an author writes them. */
    private static String written(ValuePath valuePath, int members) {
        boolean input = valuePath.root().equals(ValuePath.INPUT);
        StringBuilder text = new StringBuilder(input ? "" : "$" + valuePath.root());
        for (String member : valuePath.members().subList(0, members)) {
            text.append(member.equals(ValuePath.ITEM) ? member : "." + member);
        }
        return text.isEmpty() ? "The event" : text.toString();
    }
}
