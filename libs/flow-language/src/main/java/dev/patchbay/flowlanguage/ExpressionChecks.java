package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.Expression;
import dev.patchbay.flowlanguage.expression.ExpressionFailed;
import dev.patchbay.flowlanguage.source.SourceTree;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Every expression of a flow compiles, knows its variables, and looks only at tasks that came before. */
final class ExpressionChecks {

    static final Set<String> VARIABLES =
            Set.of("event", "steps", "client", "context", "input", "output", "workflow", "task", "runtime");

    private static final Pattern STEP =
            Pattern.compile("\\$steps\\s*(?:\\.\\s*|\\[\\s*\"|\\.\\s*\")([A-Za-z_][A-Za-z0-9_]*)");

    private final Problems problems;
    private final Set<String> allTasks;
    private final Set<String> doneTasks = new HashSet<>();

    ExpressionChecks(Problems problems, Set<String> allTasks) {
        this.problems = problems;
        this.allTasks = allTasks;
    }

    /** From here on the task's result may be used. */
    void done(String task) {
        doneTasks.add(task);
    }

    /** A place where only an expression can stand; delimiters are optional. */
    void text(JsonNode node, String place, Set<String> variables) {
        if (node.isString()) {
            expression(node.stringValue(), place, variables);
        }
    }

    /** A text is an expression, a mapping a template. */
    void transform(JsonNode node, String place, Set<String> variables) {
        text(node, place, variables);
        if (node.isContainer()) {
            template(node, place, variables);
        }
    }

    /** A tree in which delimited texts are expressions. */
    void template(JsonNode node, String place, Set<String> variables) {
        if (node.isString()) {
            inTemplate(node.stringValue(), place, variables);
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            template(entry.getValue(), SourceTree.child(place, entry.getKey()), variables);
        }
        if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                template(node.get(index), place + "/" + index, variables);
            }
        }
    }

    private void inTemplate(String text, String place, Set<String> variables) {
        if (Expression.isDelimited(text)) {
            expression(text, place, variables);
        } else if (text.contains("${")) {
            problems.add(
                    place,
                    "half_expression",
                    "An expression must fill the whole value here.",
                    "Write ${ \"text \\(.value)\" } to mix text and values.");
        }
    }

    private void expression(String text, String place, Set<String> variables) {
        try {
            Expression.compile(text).variables().stream()
                    .filter(name -> !variables.contains(name))
                    .sorted()
                    .forEach(name -> problems.add(
                            place,
                            "unknown_variable",
                            "There is no variable $%s here.".formatted(name),
                            Spelling.hint(name, variables)));
        } catch (ExpressionFailed failed) {
            problems.add(place, "bad_expression", failed.sentence(), null);
        }
        Matcher step = STEP.matcher(text);
        while (step.find()) {
            step(String.valueOf(step.group(1)), place);
        }
    }

    private void step(String task, String place) {
        if (!allTasks.contains(task)) {
            problems.add(
                    place,
                    "unknown_step",
                    "$steps.%s refers to a task that does not exist.".formatted(task),
                    Spelling.hint(task, allTasks));
        } else if (!doneTasks.contains(task)) {
            problems.add(
                    place,
                    "later_step",
                    "$steps.%s refers to a task that has not run yet at this point.".formatted(task),
                    null);
        }
    }
}
