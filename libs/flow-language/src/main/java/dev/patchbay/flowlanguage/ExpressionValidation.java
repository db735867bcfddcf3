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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks that each expression compiles, names only variables and members that exist, and reads only results of earlier tasks. */
final class ExpressionValidation {

    private static final Map<String, String> UNKNOWN_MEMBER = Map.of(
            "event",
            "unknown_event_field",
            ValuePath.INPUT,
            "unknown_event_field",
            "client",
            "unknown_client_field",
            "workflow",
            "unknown_field",
            "task",
            "unknown_field",
            "runtime",
            "unknown_field");

    /** A task's pointer and the schema of its result. */
    record Result(String pointer, JsonNode schema) {}

    private final Problems problems;
    private final ControlFlowGraph graph;
    private final Map<String, Result> results = new HashMap<>();

    ExpressionValidation(Problems problems, ControlFlowGraph graph) {
        this.problems = problems;
        this.graph = graph;
    }

    /** Returns false when another task of that name is registered. */
    boolean registerTask(String task, Result result) {
        return results.putIfAbsent(task, result) == null;
    }

    /** Checks a value that can only be an expression; its delimiters are optional. */
    void checkExpression(JsonNode node, String pointer, Scope scope) {
        if (node.isString()) {
            compileAndCheck(node.stringValue(), pointer, scope, false);
        }
    }

    /** As {@link #checkExpression}, for a condition. Returns the names of the tasks whose results the condition reads. */
    Set<String> checkCondition(JsonNode node, String pointer, Scope scope) {
        return node.isString()
                ? compileAndCheck(node.stringValue(), pointer, scope, true).stream()
                        .filter(valuePath -> valuePath.root().equals("steps")
                                && !valuePath.members().isEmpty())
                        .map(valuePath -> valuePath.members().getFirst())
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    /** Checks a value that is an expression when it is text, and a template when it is a mapping. */
    void checkTransform(JsonNode node, String pointer, Scope scope) {
        checkExpression(node, pointer, scope);
        if (node.isContainer()) {
            checkTemplate(node, pointer, scope);
        }
    }

    /** Checks a tree in which delimited texts are expressions. */
    void checkTemplate(JsonNode node, String pointer, Scope scope) {
        if (node.isString()) {
            checkTemplateText(node.stringValue(), pointer, scope);
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            checkTemplate(entry.getValue(), SourceTree.child(pointer, entry.getKey()), scope);
        }
        if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                checkTemplate(node.get(index), pointer + "/" + index, scope);
            }
        }
    }

    private void checkTemplateText(String text, String pointer, Scope scope) {
        if (Expression.isDelimited(text)) {
            compileAndCheck(text, pointer, scope, false);
        } else if (text.contains("${")) {
            problems.add(
                    pointer,
                    "half_expression",
                    "An expression must fill the whole value here.",
                    "Write ${ \"text \\(.value)\" } to mix text and values.");
        }
    }

    /**
     * Returns the paths that the expression reads; none when it does not compile.
     *
     * @param isCondition a condition may read a result that is absent: that it is absent is its answer
     */
    private List<ValuePath> compileAndCheck(String text, String pointer, Scope scope, boolean isCondition) {
        try {
            Expression expression = Expression.compile(text);
            Set<String> visible = scope.variables();
            expression.variables().stream()
                    .filter(name -> !visible.contains(name))
                    .sorted()
                    .forEach(name -> problems.add(
                            pointer,
                            "unknown_variable",
                            "There is no variable $%s here.".formatted(name),
                            variableHint(name, visible)));
            boolean handlesNull = isCondition || text.contains("//") || text.contains("null");
            expression.valuePaths().forEach(valuePath -> checkPath(valuePath, pointer, scope, handlesNull));
            return expression.valuePaths();
        } catch (ExpressionFailed failed) {
            problems.add(pointer, "bad_expression", failed.sentence(), null);
            return List.of();
        }
    }

    private static @Nullable String variableHint(String name, Set<String> visible) {
        return visible.isEmpty()
                ? "The input here is the event's data: write .call, for example, not $event.call."
                : Suggestions.didYouMeanOrList(name, visible, "The variables here are");
    }

    /** @param handlesNull whether the expression handles a result that is absent */
    private void checkPath(ValuePath valuePath, String pointer, Scope scope, boolean handlesNull) {
        if (!valuePath.root().equals("steps")) {
            checkMembers(valuePath, 0, scope.schemas().getOrDefault(valuePath.root(), SchemaShapes.UNKNOWN), pointer);
        } else if (!valuePath.members().isEmpty()) {
            String task = valuePath.members().getFirst();
            Result result = results.get(task);
            if (result == null) {
                problems.add(
                        pointer,
                        "unknown_step",
                        "$steps.%s refers to a task that does not exist.".formatted(task),
                        Suggestions.didYouMean(task, results.keySet()));
            } else if (!graph.canPrecede(result.pointer(), scope.point())) {
                problems.add(
                        pointer,
                        "later_step",
                        "$steps.%s refers to a task that has not run yet at this point.".formatted(task),
                        null);
            } else {
                checkMembers(valuePath, 1, result.schema(), pointer);
                if (!handlesNull
                        && !scope.checkedTasks().contains(task)
                        && graph.canBypass(result.pointer(), scope.point())) {
                    problems.warn(
                            pointer,
                            "may_not_have_run",
                            "$steps.%s is null when the run has not executed that task.".formatted(task),
                            "Give a default, for example ${ $steps.%s.id // null }, or check it with if."
                                    .formatted(task));
                }
            }
        }
    }

    private void checkMembers(ValuePath valuePath, int from, JsonNode schema, String pointer) {
        List<String> members = valuePath.members();
        SchemaShapes.Missing missing = SchemaShapes.findMissing(schema, members.subList(from, members.size()));
        if (missing != null) {
            problems.add(
                    pointer,
                    UNKNOWN_MEMBER.getOrDefault(valuePath.root(), "unknown_output"),
                    "%s has no member “%s”."
                            .formatted(
                                    asWritten(valuePath, from + missing.depth()), members.get(from + missing.depth())),
                    Suggestions.didYouMeanOrList(
                            members.get(from + missing.depth()), missing.candidates(), "Its members are"));
        }
    }

    /** The path up to this member as an author writes it. */
    private static String asWritten(ValuePath valuePath, int members) {
        boolean input = valuePath.root().equals(ValuePath.INPUT);
        StringBuilder text = new StringBuilder(input ? "" : "$" + valuePath.root());
        for (String member : valuePath.members().subList(0, members)) {
            text.append(member.equals(ValuePath.ITEM) ? member : "." + member);
        }
        return text.isEmpty() ? "The event" : text.toString();
    }
}
