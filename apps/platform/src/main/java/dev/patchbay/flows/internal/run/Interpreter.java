package dev.patchbay.flows.internal.run;

import dev.patchbay.flowlanguage.Catch;
import dev.patchbay.flowlanguage.Task;
import dev.patchbay.flowlanguage.TaskHeader;
import dev.patchbay.flowlanguage.Then;
import dev.patchbay.flowlanguage.expression.ExpressionFailed;
import dev.patchbay.flowlanguage.expression.Template;
import dev.patchbay.flows.spi.Reason;
import dev.patchbay.kernel.Json;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Walks a flow's tasks for one run. After a crash it walks again from the first one: what was decided outside is
 * remembered by the engine and read from the journal, everything else follows from it.
 */
final class Interpreter {

    /** A flow that jumps backward for ever is stopped here. */
    private static final int MOST_STEPS = 1_000;

    private final RunContext run;
    private final Calls calls;
    private final Journal journal;
    private final Clock clock;
    private final Map<String, JsonNode> variables = new HashMap<>();
    private final Map<String, Integer> visits = new HashMap<>();
    private int steps;

    Interpreter(RunContext run, Calls calls, Journal journal, Clock clock) {
        this.run = run;
        this.calls = calls;
        this.journal = journal;
        this.clock = clock;
        variables.put("event", run.input());
        variables.put("steps", Json.object());
        variables.put("context", Json.object());
        variables.put(
                "client",
                Json.object()
                        .put("id", run.client().id().value())
                        .put("name", run.client().name())
                        .put("timeZone", run.client().zone().getId())
                        .set("settings", run.client().settings()));
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
        var definition = run.definition();
        JsonNode input = evaluate(definition.input(), run.input(), "/input");
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
                    Reason.BAD_INPUT,
                    header.pointer(),
                    "The flow took more than 1,000 steps: it goes round in circles.");
        }
        var step = new StepId(header.pointer(), header.name(), visits.merge(header.pointer(), 1, Integer::sum) - 1);
        if (!holds(header, given)) {
            journal.began(run, step, null, null, null, clock.instant());
            journal.skipped(run, step, clock.instant());
            return new After(given, new Then.Continue());
        }
        JsonNode input = evaluate(header.inputFrom(), given, header.pointer());
        var after = execute(task, step, input);
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

    private After execute(Task task, StepId step, JsonNode input) {
        var then = task.header().then();
        return switch (task) {
            case Task.CallTask call ->
                new After(calls.call(run, call, step, fill(call.with(), input, call.header())), then);
            case Task.SetTask set -> journalled(step, fill(set.value(), input, set.header()), then);
            case Task.WaitTask wait -> {
                journal.began(run, step, null, null, null, clock.instant());
                calls.pause(run, wait.duration());
                yield journalled(step, input, then);
            }
            case Task.RaiseTask raise -> throw TaskFailed.raised(fill(raise.error(), input, raise.header()));
            case Task.SwitchTask choice -> journalled(step, input, chosen(choice, input));
            case Task.DoTask group -> within(list(group.tasks(), input), then);
            case Task.TryTask attempt -> attempt(attempt, input, 1);
        };
    }

    private static After within(Position inner, Then then) {
        return new After(inner.output(), inner.ended() ? new Then.End() : then);
    }

    private After journalled(StepId step, JsonNode output, Then then) {
        journal.began(run, step, null, null, null, clock.instant());
        journal.completed(run, step, output, clock.instant());
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

    private After attempt(Task.TryTask task, JsonNode input, int number) {
        try {
            return within(list(task.tasks(), input), task.header().then());
        } catch (TaskFailed failed) {
            var handler = task.handler();
            var outer = Optional.ofNullable(variables.get(handler.as()));
            variables.put(handler.as(), failed.error());
            try {
                return caught(task, handler, input, failed, number);
            } finally {
                outer.ifPresentOrElse(
                        value -> variables.put(handler.as(), value), () -> variables.remove(handler.as()));
            }
        }
    }

    private After caught(Task.TryTask task, Catch handler, JsonNode input, TaskFailed failed, int number) {
        String pointer = task.header().pointer();
        boolean mine = handler.errors().matches(failed.error())
                && handler.when()
                        .map(when -> guarded(pointer, () -> when.holds(input, variables)))
                        .orElse(true)
                && !handler.exceptWhen()
                        .map(not -> guarded(pointer, () -> not.holds(input, variables)))
                        .orElse(false);
        if (!mine) {
            throw failed;
        }
        var retry = handler.retry().filter(policy -> number < policy.maxAttempts());
        if (retry.isPresent()) {
            calls.pause(run, retry.get().delayAfter(number));
            return attempt(task, input, number + 1);
        }
        return within(list(handler.tasks(), input), task.header().then());
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

    private static <T> T guarded(String pointer, java.util.function.Supplier<T> expression) {
        try {
            return expression.get();
        } catch (ExpressionFailed failed) {
            throw TaskFailed.because(Reason.BAD_INPUT, pointer, failed.sentence());
        }
    }
}
