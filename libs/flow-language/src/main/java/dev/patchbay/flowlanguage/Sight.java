package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.Access;
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
record Sight(Map<String, JsonNode> shapes, int point, Set<String> weighed) {

    private static final Set<String> VARIABLES =
            Set.of("event", "steps", "client", "context", "input", "output", "workflow", "task", "runtime");

    Sight {
        shapes = Map.copyOf(shapes);
        weighed = Set.copyOf(weighed);
    }

    /** Before the first task. */
    static Sight ofFlow(JsonNode event) {
        Map<String, JsonNode> shapes = new HashMap<>();
        VARIABLES.forEach(name -> shapes.put(name, Shapes.UNKNOWN));
        shapes.put("event", event);
        shapes.put("client", Shapes.CLIENT);
        return new Sight(shapes, Course.START, Set.of());
    }

    /** The trigger's: the event's data as input, and nothing else. */
    static Sight ofTrigger(JsonNode event) {
        return new Sight(Map.of(Access.INPUT, event), Course.START, Set.of());
    }

    Set<String> variables() {
        Set<String> names = new HashSet<>(shapes.keySet());
        names.remove(Access.INPUT);
        return names;
    }

    Sight at(int later) {
        return new Sight(shapes, later, weighed);
    }

    Sight with(String name, JsonNode shape) {
        Map<String, JsonNode> more = new HashMap<>(shapes);
        more.put(name, shape);
        return new Sight(more, point, weighed);
    }

    Sight weighing(Set<String> tasks) {
        if (tasks.isEmpty()) {
            return this;
        }
        Set<String> more = new HashSet<>(weighed);
        more.addAll(tasks);
        return new Sight(shapes, point, more);
    }
}
