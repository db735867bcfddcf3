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
record Scope(Map<String, JsonNode> shapes, int point, Set<String> weighed) {

    private static final Set<String> VARIABLES =
            Set.of("event", "steps", "client", "context", "input", "output", "workflow", "task", "runtime");

    Scope {
        shapes = Map.copyOf(shapes);
        weighed = Set.copyOf(weighed);
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
        Set<String> names = new HashSet<>(shapes.keySet());
        names.remove(ValuePath.INPUT);
        return names;
    }

    Scope at(int later) {
        return new Scope(shapes, later, weighed);
    }

    Scope with(String name, JsonNode shape) {
        Map<String, JsonNode> more = new HashMap<>(shapes);
        more.put(name, shape);
        return new Scope(more, point, weighed);
    }

    Scope weighing(Set<String> tasks) {
        if (tasks.isEmpty()) {
            return this;
        }
        Set<String> more = new HashSet<>(weighed);
        more.addAll(tasks);
        return new Scope(shapes, point, more);
    }
}
