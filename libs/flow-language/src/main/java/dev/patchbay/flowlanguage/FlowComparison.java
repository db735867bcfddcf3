package dev.patchbay.flowlanguage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became different from one version of a flow to another. Tasks are the same when their names are.
 *
 * @param flow what the flow says of itself: document, input, output, timeout; the order of its tasks as {@code do}
 * @param trigger when it starts
 * @param tasks in the order of the newer version, removed ones last
 */
public record FlowComparison(List<Difference> flow, List<Difference> trigger, List<TaskChange> tasks) {

    /**
     * A member that differs.
     *
     * @param member such as {@code with/minutes}
     * @param from null when it was not there
     * @param to null when it is gone
     */
    public record Difference(
            String member,
            @Nullable JsonNode from,
            @Nullable JsonNode to) {}

    /** A task that is new ("added"), gone ("removed") or other than it was ("changed"), with the members that differ. */
    public record TaskChange(String task, String change, List<Difference> members) {}

    public static FlowComparison of(FlowDefinition from, FlowDefinition to) {
        Map<String, JsonNode> before = collectTasks(from.raw().path("do"), "", new LinkedHashMap<>());
        Map<String, JsonNode> after = collectTasks(to.raw().path("do"), "", new LinkedHashMap<>());
        List<TaskChange> changes = new ArrayList<>();
        after.forEach((name, task) -> {
            JsonNode old = before.get(name);
            List<Difference> members = old == null ? List.of() : differences(old, task);
            if (old == null || !members.isEmpty()) {
                changes.add(new TaskChange(name, old == null ? "added" : "changed", members));
            }
        });
        before.keySet().stream()
                .filter(name -> !after.containsKey(name))
                .forEach(name -> changes.add(new TaskChange(name, "removed", List.of())));
        return new FlowComparison(
                differences(withoutTasksAndTrigger(from, before.keySet(), after.keySet()), withoutTasksAndTrigger(to, after.keySet(), before.keySet())),
                differences(from.raw().path("schedule"), to.raw().path("schedule")),
                changes);
    }

    /** Each task by name, without the tasks it holds; {@code in} says whose it is. */
    private static Map<String, JsonNode> collectTasks(JsonNode list, String parent, Map<String, JsonNode> found) {
        for (JsonNode item : list) {
            for (Map.Entry<String, JsonNode> task : item.properties()) {
                ObjectNode own = ((ObjectNode) task.getValue()).deepCopy();
                own.remove(List.of("do", "try"));
                if (own.path("catch") instanceof ObjectNode handler) {
                    handler.remove("do");
                }
                found.put(task.getKey(), parent.isEmpty() ? own : own.put("in", parent));
                collectTasks(task.getValue().path("do"), task.getKey(), found);
                collectTasks(task.getValue().path("try"), task.getKey(), found);
                collectTasks(task.getValue().at("/catch/do"), task.getKey() + "/catch", found);
            }
        }
        return found;
    }

    /** The flow without trigger and version, its tasks as a list of the names that both versions have. */
    private static JsonNode withoutTasksAndTrigger(FlowDefinition flow, Set<String> own, Set<String> other) {
        ObjectNode rest = ((ObjectNode) flow.raw()).deepCopy();
        rest.remove(List.of("schedule", "do"));
        ((ObjectNode) rest.path("document")).remove("version");
        ArrayNode order = rest.putArray("do");
        own.stream().filter(other::contains).forEach(order::add);
        return rest;
    }

    private static List<Difference> differences(JsonNode from, JsonNode to) {
        List<Difference> found = new ArrayList<>();
        collectDifferences("", from, to, found);
        return found;
    }

    private static void collectDifferences(String member, JsonNode from, JsonNode to, List<Difference> found) {
        if (isMappingOrMissing(from) && isMappingOrMissing(to)) {
            Set<String> names = new LinkedHashSet<>(from.propertyNames());
            names.addAll(to.propertyNames());
            names.forEach(name ->
                    collectDifferences(member.isEmpty() ? name : member + "/" + name, from.path(name), to.path(name), found));
        } else if (!from.equals(to)) {
            found.add(new Difference(member, orNull(from), orNull(to)));
        }
    }

    private static boolean isMappingOrMissing(JsonNode node) {
        return node.isObject() || node.isMissingNode();
    }

    private static @Nullable JsonNode orNull(JsonNode node) {
        return node.isMissingNode() ? null : node;
    }
}
