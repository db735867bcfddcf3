package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.Access;
import dev.patchbay.flowlanguage.expression.Expression;
import dev.patchbay.flowlanguage.expression.ExpressionFailed;
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
            "event", "unknown_event_field", Access.INPUT, "unknown_event_field", "client", "unknown_client_field");

    /** A task's pointer, and what is known of its result. */
    record Result(String pointer, JsonNode shape) {}

    private final Problems problems;
    private final Course course;
    private final Map<String, Result> results = new HashMap<>();

    ExpressionChecks(Problems problems, Course course) {
        this.problems = problems;
        this.course = course;
    }

    /** False when a task of that name is known already. */
    boolean learn(String task, Result result) {
        return results.putIfAbsent(task, result) == null;
    }

    /** A place where only an expression can stand; delimiters are optional. */
    void text(JsonNode node, String place, Sight sight) {
        if (node.isString()) {
            expression(node.stringValue(), place, sight, false);
        }
    }

    /** As {@link #text}, for a question whose answer decides what follows: which tasks it looks at. */
    Set<String> condition(JsonNode node, String place, Sight sight) {
        return node.isString()
                ? expression(node.stringValue(), place, sight, true).stream()
                        .filter(access -> access.root().equals("steps")
                                && !access.members().isEmpty())
                        .map(access -> access.members().getFirst())
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    /** A text is an expression, a mapping a template. */
    void transform(JsonNode node, String place, Sight sight) {
        text(node, place, sight);
        if (node.isContainer()) {
            template(node, place, sight);
        }
    }

    /** A tree in which delimited texts are expressions. */
    void template(JsonNode node, String place, Sight sight) {
        if (node.isString()) {
            inTemplate(node.stringValue(), place, sight);
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            template(entry.getValue(), SourceTree.child(place, entry.getKey()), sight);
        }
        if (node.isArray()) {
            for (int index = 0; index < node.size(); index++) {
                template(node.get(index), place + "/" + index, sight);
            }
        }
    }

    private void inTemplate(String text, String place, Sight sight) {
        if (Expression.isDelimited(text)) {
            expression(text, place, sight, false);
        } else if (text.contains("${")) {
            problems.add(
                    place,
                    "half_expression",
                    "An expression must fill the whole value here.",
                    "Write ${ \"text \\(.value)\" } to mix text and values.");
        }
    }

    /** @param asking its answer decides what follows, so a result that is not there is thought of */
    private List<Access> expression(String text, String place, Sight sight, boolean asking) {
        try {
            Expression expression = Expression.compile(text);
            Set<String> known = sight.variables();
            expression.variables().stream()
                    .filter(name -> !known.contains(name))
                    .sorted()
                    .forEach(name -> problems.add(
                            place,
                            "unknown_variable",
                            "There is no variable $%s here.".formatted(name),
                            Spelling.hint(name, known)));
            boolean minded = asking || text.contains("//") || text.contains("null");
            expression.accesses().forEach(access -> access(access, place, sight, minded));
            return expression.accesses();
        } catch (ExpressionFailed failed) {
            problems.add(place, "bad_expression", failed.sentence(), null);
            return List.of();
        }
    }

    /** @param minded the author thought of a value that is not there */
    private void access(Access access, String place, Sight sight, boolean minded) {
        if (!access.root().equals("steps")) {
            members(access, 0, sight.shapes().getOrDefault(access.root(), Shapes.UNKNOWN), place);
        } else if (!access.members().isEmpty()) {
            String task = access.members().getFirst();
            Result result = results.get(task);
            if (result == null) {
                problems.add(
                        place,
                        "unknown_step",
                        "$steps.%s refers to a task that does not exist.".formatted(task),
                        Spelling.hint(task, results.keySet()));
            } else if (!course.canPrecede(result.pointer(), sight.point())) {
                problems.add(
                        place,
                        "later_step",
                        "$steps.%s refers to a task that has not run yet at this point.".formatted(task),
                        null);
            } else {
                members(access, 1, result.shape(), place);
                if (!minded && !sight.weighed().contains(task) && course.canMiss(result.pointer(), sight.point())) {
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

    private void members(Access access, int from, JsonNode shape, String place) {
        List<String> members = access.members();
        Shapes.Missing missing = Shapes.missing(shape, members.subList(from, members.size()));
        if (missing != null) {
            problems.add(
                    place,
                    UNKNOWN_MEMBER.getOrDefault(access.root(), "unknown_output"),
                    "%s has no “%s”."
                            .formatted(written(access, from + missing.depth()), members.get(from + missing.depth())),
                    Spelling.choice(members.get(from + missing.depth()), missing.known()));
        }
    }

    /** The first members of an access as an author writes them. */
    private static String written(Access access, int members) {
        boolean input = access.root().equals(Access.INPUT);
        StringBuilder text = new StringBuilder(input ? "" : "$" + access.root());
        for (String member : access.members().subList(0, members)) {
            text.append(member.equals(Access.ITEM) ? member : "." + member);
        }
        return text.isEmpty() ? "The event" : text.toString();
    }
}
