package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.Template;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

    /** Every function a run may call, those that undo another included. */
    public Set<String> functions() {
        Set<String> called = new TreeSet<>();
        collect(tasks, called);
        return called;
    }

    private static void collect(List<Task> tasks, Set<String> called) {
        for (Task task : tasks) {
            task.header().metadata().compensate().ifPresent(called::add);
            switch (task) {
                case Task.CallTask call -> called.add(call.function());
                case Task.DoTask group -> collect(group.tasks(), called);
                case Task.TryTask attempt -> {
                    collect(attempt.tasks(), called);
                    collect(attempt.handler().tasks(), called);
                }
                default -> {}
            }
        }
    }
}
