package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.ValuePath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The variables and results that an expression can read at its position.
 *
 * @param schemas the schemas of the variables by name, and of the input as {@link ValuePath#INPUT}
 * @param point the position in the {@link ControlFlowGraph}
 * @param checkedTasks the tasks whose results an enclosing condition has checked
 */
record Scope(Map<String, JsonNode> schemas, int point, Set<String> checkedTasks) {

    private static final Set<String> VARIABLES =
            Set.of("event", "steps", "client", "call", "context", "workflow", "runtime");

    Scope {
        schemas = Map.copyOf(schemas);
        checkedTasks = Set.copyOf(checkedTasks);
    }

    /** The scope before the first task. */
    static Scope ofFlow(JsonNode event) {
        Map<String, JsonNode> shapes = new HashMap<>();
        VARIABLES.forEach(name -> shapes.put(name, SchemaShapes.UNKNOWN));
        shapes.put("event", event);
        shapes.put("client", SchemaShapes.CLIENT);
        shapes.put("call", SchemaShapes.CALL);
        shapes.put("workflow", SchemaShapes.WORKFLOW);
        shapes.put("runtime", SchemaShapes.RUNTIME);
        return new Scope(shapes, ControlFlowGraph.START, Set.of());
    }

    /** The scope of the trigger: the event's data as input, and no variables. */
    static Scope ofTrigger(JsonNode event) {
        return new Scope(Map.of(ValuePath.INPUT, event), ControlFlowGraph.START, Set.of());
    }

    Set<String> variables() {
        Set<String> names = new HashSet<>(schemas.keySet());
        names.remove(ValuePath.INPUT);
        return names;
    }

    Scope atPoint(int later) {
        return new Scope(schemas, later, checkedTasks);
    }

    /** The scope before a task's {@code input.from}: an enclosing task's {@code $input} is not this one's. */
    Scope forTask() {
        Map<String, JsonNode> more = new HashMap<>(schemas);
        more.put("task", SchemaShapes.TASK);
        more.remove("input");
        return new Scope(more, point, checkedTasks);
    }

    Scope withVariable(String name, JsonNode shape) {
        Map<String, JsonNode> more = new HashMap<>(schemas);
        more.put(name, shape);
        return new Scope(more, point, checkedTasks);
    }

    Scope withCheckedTasks(Set<String> tasks) {
        if (tasks.isEmpty()) {
            return this;
        }
        Set<String> more = new HashSet<>(checkedTasks);
        more.addAll(tasks);
        return new Scope(schemas, point, more);
    }
}
