package dev.patchbay.flows.run;

import dev.patchbay.flowlanguage.Task;
import java.util.List;
import java.util.stream.Stream;

/** The tasks of a flow at every depth. */
final class TaskTree {

    private TaskTree() {}

    /** All tasks, in the order of the file. */
    static Stream<Task> all(List<Task> tasks) {
        return tasks.stream().flatMap(task -> Stream.concat(Stream.of(task), children(task)));
    }

    /** All calls, in the order of the file. */
    static Stream<Task.CallTask> calls(List<Task> tasks) {
        return all(tasks).filter(Task.CallTask.class::isInstance).map(Task.CallTask.class::cast);
    }

    private static Stream<Task> children(Task task) {
        return switch (task) {
            case Task.DoTask group -> all(group.tasks());
            case Task.TryTask attempt ->
                Stream.concat(all(attempt.tasks()), all(attempt.handler().tasks()));
            default -> Stream.empty();
        };
    }
}
