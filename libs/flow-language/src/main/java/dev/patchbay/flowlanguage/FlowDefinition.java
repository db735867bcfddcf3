package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.Template;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The model of a valid flow.
 *
 * @param trigger the event that starts the flow; empty when only a person or the API starts it
 * @param input {@code input.from}: computes the first task's input from the run's input
 * @param output {@code output.as}: computes the run's output from the last task's output
 * @param timeout {@code timeout.after}: the limit for a whole run
 * @param raw the file as JSON; each {@link TaskHeader#pointer()} points into it
 */
public record FlowDefinition(
        Document document,
        Optional<Trigger> trigger,
        Optional<Template> input,
        Optional<Template> output,
        Optional<Duration> timeout,
        List<Task> tasks,
        JsonNode raw) {

    /**
     * The flow's identity.
     *
     * @param dsl the version of the standard, such as 1.0.3
     * @param namespace the owner
     * @param version a semantic version
     */
    public record Document(String dsl, String namespace, String name, String version, Optional<String> title) {}

    public FlowDefinition {
        tasks = List.copyOf(tasks);
    }

    /** SHA-256 (lower-case hex) of the file's canonical JSON: equal for files that differ only in layout, comments or key order. */
    public String digest() {
        return Digest.of(raw);
    }

    /** The functions that a run may call, compensations included, each with the JSON pointer of its first use. */
    public Map<String, String> calls() {
        Map<String, String> pointers = new LinkedHashMap<>();
        collectCalls(tasks, pointers);
        return pointers;
    }

    private static void collectCalls(List<Task> tasks, Map<String, String> pointers) {
        for (Task task : tasks) {
            String pointer = task.header().pointer();
            switch (task) {
                case Task.CallTask call -> pointers.putIfAbsent(call.function(), pointer + "/call");
                case Task.DoTask group -> collectCalls(group.tasks(), pointers);
                case Task.TryTask attempt -> {
                    collectCalls(attempt.tasks(), pointers);
                    collectCalls(attempt.handler().tasks(), pointers);
                }
                default -> {}
            }
            task.header()
                    .metadata()
                    .compensate()
                    .ifPresent(undo -> pointers.putIfAbsent(undo, pointer + "/metadata/compensate"));
        }
    }
}
