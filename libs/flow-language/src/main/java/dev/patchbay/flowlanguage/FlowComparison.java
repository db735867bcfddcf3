package dev.patchbay.flowlanguage;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Describes the differences between two versions of a flow. Tasks are matched by name.
 *
 * @param flow the differences of document, input, output and timeout; the order of the tasks is the member {@code do}
 * @param trigger the differences of {@code schedule}
 * @param tasks the changed tasks, in the order of the newer version, removed tasks last
 */
public record FlowComparison(List<Difference> flow, List<Difference> trigger, List<TaskChange> tasks) {

    /**
     * Describes a member that differs.
     *
     * @param member the path of the member, such as {@code with/minutes}
     * @param from the old value; null when the member was added
     * @param to the new value; null when the member was removed
     */
    public record Difference(
            String member,
            @Nullable JsonNode from,
            @Nullable JsonNode to) {}

    /** Lists the kinds of a task's change; JSON has the names in lower case. */
    public enum ChangeType {
        ADDED,
        REMOVED,
        CHANGED;

        /** Returns the name that API responses use, for example {@code added}. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Describes a task that was added, removed or changed.
     *
     * @param members the members that differ; empty unless the task was changed
     */
    public record TaskChange(String task, ChangeType change, List<Difference> members) {}

    /** Compares an older version with a newer one. */
    public static FlowComparison of(FlowDefinition from, FlowDefinition to) {
        Map<String, JsonNode> before = collectTasks(from.raw().path("do"), "", new LinkedHashMap<>());
        Map<String, JsonNode> after = collectTasks(to.raw().path("do"), "", new LinkedHashMap<>());
        List<TaskChange> changes = new ArrayList<>();
        after.forEach((name, task) -> {
            JsonNode old = before.get(name);
            List<Difference> members = old == null ? List.of() : findDifferences(old, task);
            if (old == null || !members.isEmpty()) {
                changes.add(new TaskChange(name, old == null ? ChangeType.ADDED : ChangeType.CHANGED, members));
            }
        });
        before.keySet().stream()
                .filter(name -> !after.containsKey(name))
                .forEach(name -> changes.add(new TaskChange(name, ChangeType.REMOVED, List.of())));
        return new FlowComparison(
                findDifferences(
                        withoutTasksAndTrigger(from, before.keySet(), after.keySet()),
                        withoutTasksAndTrigger(to, after.keySet(), before.keySet())),
                findDifferences(from.raw().path("schedule"), to.raw().path("schedule")),
                changes);
    }

    /** Collects each task by name, without its nested tasks; the member {@code in} names the enclosing task. */
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

    /** Returns the flow without trigger and version, with {@code do} as the list of the task names that both versions have. */
    private static JsonNode withoutTasksAndTrigger(FlowDefinition flow, Set<String> own, Set<String> other) {
        ObjectNode rest = ((ObjectNode) flow.raw()).deepCopy();
        rest.remove(List.of("schedule", "do"));
        ((ObjectNode) rest.path("document")).remove("version");
        ArrayNode order = rest.putArray("do");
        own.stream().filter(other::contains).forEach(order::add);
        return rest;
    }

    private static List<Difference> findDifferences(JsonNode from, JsonNode to) {
        List<Difference> found = new ArrayList<>();
        collectDifferences("", from, to, found);
        return found;
    }

    private static void collectDifferences(String member, JsonNode from, JsonNode to, List<Difference> found) {
        if (isMappingOrMissing(from) && isMappingOrMissing(to)) {
            Set<String> names = new LinkedHashSet<>(from.propertyNames());
            names.addAll(to.propertyNames());
            names.forEach(name -> collectDifferences(
                    member.isEmpty() ? name : member + "/" + name, from.path(name), to.path(name), found));
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
