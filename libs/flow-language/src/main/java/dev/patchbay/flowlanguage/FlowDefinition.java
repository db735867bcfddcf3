package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.Template;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A flow that passed every check.
 *
 * @param input what the first task is given, computed from the run's input ({@code input.from})
 * @param output what the run returns, computed from the last task's output ({@code output.as})
 * @param timeout the longest a whole run may take
 * @param raw the file as JSON; every {@link TaskHeader#pointer()} points into it
 */
public record FlowDefinition(
        Document document,
        Optional<Trigger> trigger,
        Optional<Template> input,
        Optional<Template> output,
        Optional<Duration> timeout,
        List<Task> tasks,
        JsonNode raw) {

    /** What the file says about itself: who owns it, its name and its semantic version. */
    public record Document(String dsl, String namespace, String name, String version, Optional<String> title) {}

    public FlowDefinition {
        tasks = List.copyOf(tasks);
    }

    /** SHA-256 (lower-case hex) of the file's canonical JSON: equal for files that differ only in layout, comments or key order. */
    public String digest() {
        return Digest.of(raw);
    }

    /** Every function a run may call, those that undo another included, and the place where it first stands. */
    public Map<String, String> calls() {
        Map<String, String> places = new LinkedHashMap<>();
        collectCalls(tasks, places);
        return places;
    }

    private static void collectCalls(List<Task> tasks, Map<String, String> places) {
        for (Task task : tasks) {
            String place = task.header().pointer();
            switch (task) {
                case Task.CallTask call -> places.putIfAbsent(call.function(), place + "/call");
                case Task.DoTask group -> collectCalls(group.tasks(), places);
                case Task.TryTask attempt -> {
                    collectCalls(attempt.tasks(), places);
                    collectCalls(attempt.handler().tasks(), places);
                }
                default -> {}
            }
            task.header()
                    .metadata()
                    .compensate()
                    .ifPresent(undo -> places.putIfAbsent(undo, place + "/metadata/compensate"));
        }
    }
}
