package dev.patchbay.flowlanguage;

import dev.patchbay.flowlanguage.expression.Expression;
import dev.patchbay.flowlanguage.expression.Template;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One named step of a flow. */
public sealed interface Task {

    TaskHeader header();

    /** Unique in the whole flow. */
    default String name() {
        return header().name();
    }

    /** Asks a port to act or to look something up, such as {@code crm.upsertContact}. */
    record CallTask(TaskHeader header, String function, Template with) implements Task {}

    /** Runs its tasks one after the other. */
    record DoTask(TaskHeader header, List<Task> tasks) implements Task {
        public DoTask {
            tasks = List.copyOf(tasks);
        }
    }

    /** Computes its output. */
    record SetTask(TaskHeader header, Template value) implements Task {}

    /** Goes where the first matching case says; when none matches, where {@link TaskHeader#then()} says. */
    record SwitchTask(TaskHeader header, List<Case> cases) implements Task {
        public SwitchTask {
            cases = List.copyOf(cases);
        }

        /** A case without a condition always matches. */
        public record Case(String name, Optional<Expression> when, Then then) {}
    }

    /** Sleeps, durably. */
    record WaitTask(TaskHeader header, Duration duration) implements Task {}

    /** Fails on purpose; the template yields {@code {type, status, title?, detail?, instance?}}. */
    record RaiseTask(TaskHeader header, Template error) implements Task {}

    /** Runs its tasks and handles what they fail with. */
    record TryTask(TaskHeader header, List<Task> tasks, Catch handler) implements Task {
        public TryTask {
            tasks = List.copyOf(tasks);
        }
    }
}
