package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.ValuePath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What an expression can see where it stands.
 *
 * @param shapes what is known of its variables, and of its input
 * @param point how far the run has come
 * @param weighed tasks whose result a condition around it has looked at
 */
record Scope(Map<String, JsonNode> schemas, int point, Set<String> checkedTasks) {

    private static final Set<String> VARIABLES =
            Set.of("event", "steps", "client", "context", "input", "output", "workflow", "task", "runtime");

    Scope {
        schemas = Map.copyOf(schemas);
        checkedTasks = Set.copyOf(checkedTasks);
    }

    /** Before the first task. */
    static Scope ofFlow(JsonNode event) {
        Map<String, JsonNode> shapes = new HashMap<>();
        VARIABLES.forEach(name -> shapes.put(name, SchemaShapes.UNKNOWN));
        shapes.put("event", event);
        shapes.put("client", SchemaShapes.CLIENT);
        return new Scope(shapes, ControlFlowGraph.START, Set.of());
    }

    /** The trigger's: the event's data as input, and nothing else. */
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
