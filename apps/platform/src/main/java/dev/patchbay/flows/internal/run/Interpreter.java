package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.flowlanguage.FlowDefinition;
import dev.patchbay.flowlanguage.RetryPolicy;
import dev.patchbay.flowlanguage.Task;
import dev.patchbay.flowlanguage.Task.Catch;
import dev.patchbay.flowlanguage.TaskHeader;
import dev.patchbay.flowlanguage.Then;
import dev.patchbay.flowlanguage.expression.ExpressionFailed;
import dev.patchbay.flowlanguage.expression.Template;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Redaction;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Walks a flow's tasks for one run. After a crash it walks again from the first one: what was decided outside is
 * read from the journal, everything else follows from it.
 */
final class Interpreter {

    /** A flow that jumps backward for ever is stopped here. */
    private static final int MOST_STEPS = 1_000;

    private static final RandomGenerator RANDOM = RandomGenerator.getDefault();

    private final FlowDefinition definition;
    private final JsonNode given;
    private final TaskExecutor taskExecutor;
    private Deadline deadline = Deadline.NONE;
    private final Map<String, JsonNode> variables = new HashMap<>();
    private final Map<String, Integer> visits = new HashMap<>();
    private int steps;

    Interpreter(FlowDefinition definition, JsonNode given, Client client, TaskExecutor taskExecutor) {
        this.definition = definition;
        this.given = given;
        this.taskExecutor = taskExecutor;
        variables.put("event", given);
        variables.put("steps", Json.object());
        variables.put("context", Json.object());
        variables.put(
                "client",
                Json.object()
                        .put("id", client.id().value())
                        .put("name", client.name())
                        .put("timeZone", client.zone().getId())
                        .set("settings", client.settings()));
    }

    /** Where a list of tasks ended: what the last one returned, and whether the whole run is over. */
    private record Position(JsonNode output, boolean ended) {}

    /**
     * Runs the flow.
     *
     * @return the run's output
     * @throws TaskFailed when a task failed and nothing caught it
     */
    JsonNode run() {
        definition
                .timeout()
                .ifPresent(limit -> deadline = new Deadline(taskExecutor.began().plus(limit), ""));
        JsonNode input = evaluate(definition.input(), given, "/input");
        JsonNode output = list(definition.tasks(), input).output();
        return evaluate(definition.output(), output, "/output");
    }

    private Position list(List<Task> tasks, JsonNode input) {
        JsonNode value = input;
        int index = 0;
        while (index < tasks.size()) {
            Task task = tasks.get(index);
            var after = task(task, value);
            value = after.output();
            switch (after.then()) {
                case Then.Continue next -> index++;
                case Then.Exit exit -> index = tasks.size();
                case Then.End end -> {
                    return new Position(value, true);
                }
                case Then.Named named -> index = indexOf(tasks, named.task());
            }
        }
        return new Position(value, false);
    }

    private static int indexOf(List<Task> tasks, String name) {
        return tasks.stream().map(Task::name).toList().indexOf(name);
    }

    /** What a task returned and where it says to go. */
    private record After(JsonNode output, Then then) {}

    private After task(Task task, JsonNode given) {
        var header = task.header();
        if (++steps > MOST_STEPS) {
            throw TaskFailed.because(
                    FailureReason.BAD_INPUT,
                    header.pointer(),
                    "The flow took more than 1,000 steps, the last at “%s”: it goes round in circles."
                            .formatted(header.name()));
        }
        var step = new StepId(header.pointer(), header.name(), visits.merge(header.pointer(), 1, Integer::sum) - 1);
        if (!holds(header, given)) {
            taskExecutor.skipped(step);
            return new After(given, new Then.Continue());
        }
        JsonNode input = evaluate(header.inputFrom(), given, header.pointer());
        var after = limited(task, step, input);
        JsonNode output = evaluate(header.outputAs(), after.output(), header.pointer());
        header.exportAs()
                .ifPresent(export -> variables.put("context", evaluate(Optional.of(export), output, header.pointer())));
        variables.put("steps", withStep(header.name(), output));
        return new After(output, after.then());
    }

    private JsonNode withStep(String name, JsonNode output) {
        var steps = Json.object();
        variables
                .getOrDefault("steps", steps)
                .properties()
                .forEach(known -> steps.set(known.getKey(), known.getValue()));
        return steps.set(name, output);
    }

    /** The time limit of a task holds for everything inside it; a call's own is kept where its attempts are made. */
    private After limited(Task task, StepId step, JsonNode input) {
        var outer = deadline;
        Optional.of(task.header())
                .filter(header -> task instanceof Task.DoTask || task instanceof Task.TryTask)
                .flatMap(TaskHeader::timeout)
                .ifPresent(limit -> deadline =
                        outer.orEarlier(new Deadline(taskExecutor.began(step).plus(limit), step.pointer())));
        try {
            return execute(task, step, input);
        } finally {
            deadline = outer;
        }
    }

    private After execute(Task task, StepId step, JsonNode input) {
        var then = task.header().then();
        return switch (task) {
            case Task.CallTask call -> new After(taskExecutor.call(asked(call, step, input)), then);
            case Task.SetTask set -> computed(step, fill(set.value(), input, set.header()), then);
            case Task.WaitTask wait -> {
                taskExecutor.pause(step, wait.duration(), deadline);
                yield new After(input, then);
            }
            case Task.RaiseTask raise ->
                throw TaskFailed.raised(
                        fill(raise.error(), input, raise.header()),
                        raise.header().pointer());
            case Task.SwitchTask choice -> computed(step, input, chosen(choice, input));
            case Task.DoTask group -> within(list(group.tasks(), input), then);
            case Task.TryTask attempt -> attempt(attempt, step, input, 1);
        };
    }

    private static After within(Position inner, Then then) {
        return new After(inner.output(), inner.ended() ? new Then.End() : then);
    }

    private TaskExecutor.Call asked(Task.CallTask task, StepId step, JsonNode input) {
        var once = task.header().metadata().idempotencyKey().map(key -> Json.write(fill(key, input, task.header())));
        return new TaskExecutor.Call(task, step, fill(task.with(), input, task.header()), once, deadline);
    }

    private After computed(StepId step, JsonNode output, Then then) {
        taskExecutor.computed(step, output);
        return new After(output, then);
    }

    private Then chosen(Task.SwitchTask choice, JsonNode input) {
        return choice.cases().stream()
                .filter(candidate -> candidate.when().isEmpty()
                        || guarded(
                                choice.header().pointer(),
                                () -> candidate.when().get().holds(input, variables)))
                .findFirst()
                .map(Task.SwitchTask.Case::then)
                .orElse(choice.header().then());
    }

    private After attempt(Task.TryTask task, StepId step, JsonNode input, int number) {
        try {
            return within(list(task.tasks(), input), task.header().then());
        } catch (TaskFailed failed) {
            var handler = task.handler();
            var outer = Optional.ofNullable(variables.get(handler.as()));
            variables.put(handler.as(), failed.error());
            try {
                return caught(task, step, input, failed, number);
            } finally {
                outer.ifPresentOrElse(
                        value -> variables.put(handler.as(), value), () -> variables.remove(handler.as()));
            }
        }
    }

    private After caught(Task.TryTask task, StepId step, JsonNode input, TaskFailed failed, int number) {
        Catch handler = task.handler();
        String pointer = task.header().pointer();
        boolean mine = !failed.passes(pointer)
                && handler.errors().matches(failed.error())
                && handler.when()
                        .map(when -> guarded(pointer, () -> when.holds(input, variables)))
                        .orElse(true)
                && !handler.exceptWhen()
                        .map(not -> guarded(pointer, () -> not.holds(input, variables)))
                        .orElse(false);
        if (!mine) {
            throw failed;
        }
        var retry = handler.retry().filter(policy -> retries(policy, step, input, number));
        if (retry.isPresent()) {
            String place = pointer + "/catch/retry";
            taskExecutor.pause(
                    new StepId(place, task.name() + " again", visits.merge(place, 1, Integer::sum) - 1),
                    retry.get().delayAfter(number).plus(jitter(retry.get())),
                    deadline);
            return attempt(task, step, input, number + 1);
        }
        return within(list(handler.tasks(), input), task.header().then());
    }

    /** Drawn anew on each walk, but only the first draw counts: the journal has when the wait is over. */
    private static Duration jitter(RetryPolicy policy) {
        return policy.jitter()
                .map(range -> range.from()
                        .plusMillis(RANDOM.nextLong(
                                Math.max(1, range.to().minus(range.from()).toMillis() + 1))))
                .orElse(Duration.ZERO);
    }

    private boolean retries(RetryPolicy policy, StepId step, JsonNode input, int number) {
        String pointer = step.pointer();
        return number < policy.maxAttempts()
                && policy.maxDuration()
                        .map(most -> !taskExecutor.isOver(
                                new Deadline(taskExecutor.began(step).plus(most), pointer)))
                        .orElse(true)
                && policy.when()
                        .map(when -> guarded(pointer, () -> when.holds(input, variables)))
                        .orElse(true)
                && !policy.exceptWhen()
                        .map(not -> guarded(pointer, () -> not.holds(input, variables)))
                        .orElse(false);
    }

    private boolean holds(TaskHeader header, JsonNode input) {
        return header.condition()
                .map(condition -> guarded(header.pointer(), () -> condition.holds(input, variables)))
                .orElse(true);
    }

    private JsonNode fill(Template template, JsonNode input, TaskHeader header) {
        return guarded(header.pointer(), () -> template.evaluate(input, variables));
    }

    private JsonNode evaluate(Optional<Template> template, JsonNode value, String pointer) {
        return template.map(present -> guarded(pointer, () -> present.evaluate(value, variables)))
                .orElse(value);
    }

    private static <T> T guarded(String pointer, Supplier<T> expression) {
        try {
            return expression.get();
        } catch (ExpressionFailed failed) {
            throw TaskFailed.because(
                    FailureReason.BAD_INPUT,
                    pointer,
                    "The expression " + failed.expression() + " failed: " + Redaction.text(failed.sentence()));
        }
    }
}
