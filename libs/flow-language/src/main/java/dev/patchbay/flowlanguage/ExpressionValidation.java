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
final class ExpressionValidation {

    private static final Map<String, String> UNKNOWN_MEMBER = Map.of(
            "event", "unknown_event_field", ValuePath.INPUT, "unknown_event_field", "client", "unknown_client_field");

    /** A task's pointer, and what is known of its result. */
    record Result(String pointer, JsonNode schema) {}

    private final Problems problems;
    private final ControlFlowGraph controlFlowGraph;
    private final Map<String, Result> results = new HashMap<>();

    ExpressionValidation(Problems problems, ControlFlowGraph controlFlowGraph) {
        this.problems = problems;
        this.controlFlowGraph = controlFlowGraph;
    }

    /** False when a task of that name is known already. */
    boolean registerTask(String task, Result result) {
        return results.putIfAbsent(task, result) == null;
    }

    /** A place where only an expression can stand; delimiters are optional. */
    void checkExpression(JsonNode node, String place, Scope scope) {
        if (node.isString()) {
            compileAndCheck(node.stringValue(), place, scope, false);
        }
    }

    /** As {@link #checkExpression}, for a question whose answer decides what follows: which tasks it looks at. */
    Set<String> checkCondition(JsonNode node, String place, Scope scope) {
        return node.isString()
                ? compileAndCheck(node.stringValue(), place, scope, true).stream()
                        .filter(valuePath -> valuePath.root().equals("steps")
                                && !valuePath.members().isEmpty())
                        .map(valuePath -> valuePath.members().getFirst())
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    /** A text is an expression, a mapping a template. */
    void checkTransform(JsonNode node, String place, Scope scope) {
        checkExpression(node, place, scope);
        if (node.isContainer()) {
            checkTemplate(node, place, scope);
        }
    }

    /** A tree in which delimited texts are expressions. */
    void checkTemplate(JsonNode node, String place, Scope scope) {
        if (node.isString()) {
            checkTemplateText(node.stringValue(), place, scope);
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            checkTemplate(entry.getValue(), SourceTree.child(place, entry.getKey()), scope);
        }
        if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                checkTemplate(node.get(index), place + "/" + index, scope);
            }
        }
    }

    private void checkTemplateText(String text, String place, Scope scope) {
        if (Expression.isDelimited(text)) {
            compileAndCheck(text, place, scope, false);
        } else if (text.contains("${")) {
            problems.add(
                    place,
                    "half_expression",
                    "An expression must fill the whole value here.",
                    "Write ${ \"text \\(.value)\" } to mix text and values.");
        }
    }

    /** @param asking its answer decides what follows, so a result that is not there is thought of */
    private List<ValuePath> compileAndCheck(String text, String place, Scope scope, boolean isCondition) {
        try {
            Expression expression = Expression.compile(text);
            Set<String> visible = scope.variables();
            expression.variables().stream()
                    .filter(name -> !visible.contains(name))
                    .sorted()
                    .forEach(name -> problems.add(
                            place,
                            "unknown_variable",
                            "There is no variable $%s here.".formatted(name),
                            Suggestions.didYouMean(name, visible)));
            boolean handlesNull = isCondition || text.contains("//") || text.contains("null");
            expression.valuePaths().forEach(valuePath -> checkPath(valuePath, place, scope, handlesNull));
            return expression.valuePaths();
        } catch (ExpressionFailed failed) {
            problems.add(place, "bad_expression", failed.sentence(), null);
            return List.of();
        }
    }

    /** @param minded the author thought of a value that is not there */
    private void checkPath(ValuePath valuePath, String place, Scope scope, boolean handlesNull) {
        if (!valuePath.root().equals("steps")) {
            checkMembers(valuePath, 0, scope.schemas().getOrDefault(valuePath.root(), SchemaShapes.UNKNOWN), place);
        } else if (!valuePath.members().isEmpty()) {
            String task = valuePath.members().getFirst();
            Result result = results.get(task);
            if (result == null) {
                problems.add(
                        place,
                        "unknown_step",
                        "$steps.%s refers to a task that does not exist.".formatted(task),
                        Suggestions.didYouMean(task, results.keySet()));
            } else if (!controlFlowGraph.canPrecede(result.pointer(), scope.point())) {
                problems.add(
                        place,
                        "later_step",
                        "$steps.%s refers to a task that has not run yet at this point.".formatted(task),
                        null);
            } else {
                checkMembers(valuePath, 1, result.schema(), place);
                if (!handlesNull
                        && !scope.checkedTasks().contains(task)
                        && controlFlowGraph.canBypass(result.pointer(), scope.point())) {
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

    private void checkMembers(ValuePath valuePath, int from, JsonNode schema, String place) {
        List<String> members = valuePath.members();
        SchemaShapes.Missing missing = SchemaShapes.findMissing(schema, members.subList(from, members.size()));
        if (missing != null) {
            problems.add(
                    place,
                    UNKNOWN_MEMBER.getOrDefault(valuePath.root(), "unknown_output"),
                    "%s has no “%s”."
                            .formatted(asWritten(valuePath, from + missing.depth()), members.get(from + missing.depth())),
                    Suggestions.choice(members.get(from + missing.depth()), missing.candidates()));
        }
    }

    /** The first members of an access as an author writes them. */
    private static String asWritten(ValuePath valuePath, int members) {
        boolean input = valuePath.root().equals(ValuePath.INPUT);
        StringBuilder text = new StringBuilder(input ? "" : "$" + valuePath.root());
        for (String member : valuePath.members().subList(0, members)) {
            text.append(member.equals(ValuePath.ITEM) ? member : "." + member);
        }
        return text.isEmpty() ? "The event" : text.toString();
    }
}
