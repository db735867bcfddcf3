package dev.patchbay.flows.run;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.flowlanguage.FlowDefinition;
import dev.patchbay.flowlanguage.Task;
import dev.patchbay.flowlanguage.TaskHeader;
import dev.patchbay.flowlanguage.Then;
import dev.patchbay.flowlanguage.expression.Template;
import dev.patchbay.flows.evaluation.Evaluator;
import dev.patchbay.iam.tenants.Client;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Interprets a flow's tasks for one run. After a crash it starts again at the first task: the {@link TaskExecutor} reads the
 * results of outside calls from the journal, and everything else follows from them.
 */
final class Interpreter {

    /** Stops a flow that would otherwise jump backward for ever. */
    private static final int MAX_STEPS = 1_000;

    /** A moment further ahead is more likely a mistake than a plan. */
    private static final Duration MAX_WAIT = Duration.ofDays(400);

    private final FlowDefinition definition;
    private final JsonNode event;
    private final TaskExecutor executor;
    private final CallInputs.Reader inputs;
    private final ExpressionScope scope;
    private final Deque<Predicate<TaskFailed>> handlers = new ArrayDeque<>();
    private final Map<String, Integer> visits = new HashMap<>();
    private Deadline deadline = Deadline.NONE;
    private int steps;

    Interpreter(
            FlowDefinition definition,
            JsonNode event,
            Client client,
            TaskExecutor executor,
            CallInputs.Reader inputs,
            Evaluator evaluator) {
        this.definition = definition;
        this.event = event;
        this.executor = executor;
        this.inputs = inputs;
        this.scope = new ExpressionScope(definition, executor.runId(), event, client, evaluator);
    }

    /** Holds the output of the last task of a list, and whether that task ends the whole run. */
    private record ListResult(JsonNode output, boolean endsRun) {}

    /** Holds the output of a task, and where the flow continues. */
    private record TaskResult(JsonNode output, Then then) {}

    /**
     * Runs the flow.
     *
     * @return the run's output
     * @throws TaskFailed when a task failed and nothing caught it
     */
    JsonNode run() {
        definition
                .timeout()
                .ifPresent(
                        limit -> deadline = new Deadline(executor.startOfRun().plus(limit), ""));
        JsonNode input = scope.evaluate(definition.input(), event, "/input");
        JsonNode output = runList(definition.tasks(), input).output();
        return scope.evaluate(definition.output(), output, "/output");
    }

    private ListResult runList(List<Task> tasks, JsonNode input) {
        JsonNode value = input;
        int index = 0;
        while (index < tasks.size()) {
            var result = runTask(tasks.get(index), value);
            value = result.output();
            switch (result.then()) {
                case Then.Continue next -> index++;
                case Then.Exit exit -> index = tasks.size();
                case Then.End end -> {
                    return new ListResult(value, true);
                }
                case Then.Named named -> index = indexOf(tasks, named.task());
            }
        }
        return new ListResult(value, false);
    }

    private static int indexOf(List<Task> tasks, String name) {
        return tasks.stream().map(Task::name).toList().indexOf(name);
    }

    private TaskResult runTask(Task task, JsonNode listInput) {
        var header = task.header();
        requireStepsLeft(header);
        return scope.with("task", describe(header, listInput), () -> runTask(task, header, listInput));
    }

    /** Describes the task as {@code $task}, in the shape that the standard defines. */
    private JsonNode describe(TaskHeader header, JsonNode listInput) {
        return Json.object()
                .put("name", header.name())
                .put("reference", header.pointer())
                .set("input", listInput)
                .set("definition", definition.raw().at(header.pointer()));
    }

    private TaskResult runTask(Task task, TaskHeader header, JsonNode listInput) {
        var step = new StepId(header.pointer(), header.name(), countVisit(header.pointer()));
        if (!header.condition()
                .map(condition ->
                        scope.with("input", listInput, () -> scope.holds(condition, listInput, header.pointer())))
                .orElse(true)) {
            executor.recordSkipped(step);
            return new TaskResult(listInput, new Then.Continue());
        }
        JsonNode input = scope.evaluate(header.inputFrom(), listInput, header.pointer());
        return scope.with("input", input, () -> {
            var result = runWithinTimeout(task, step, input);
            JsonNode output = scope.evaluate(header.outputAs(), result.output(), header.pointer());
            header.exportAs().ifPresent(export -> export(export, output, header));
            scope.addStep(header.name(), output);
            return new TaskResult(output, result.then());
        });
    }

    private void export(Template export, JsonNode output, TaskHeader header) {
        scope.setContext(scope.with("output", output, () -> scope.evaluate(export, output, header.pointer())));
    }

    private void requireStepsLeft(TaskHeader header) {
        if (++steps > MAX_STEPS) {
            throw TaskFailed.forReason(
                    FailureReason.BAD_INPUT,
                    header.pointer(),
                    "The flow took more than 1,000 steps, the last at “%s”: it jumps backward without end."
                            .formatted(header.name()));
        }
    }

    /** Returns how often the pointer was visited before. */
    private int countVisit(String pointer) {
        return visits.merge(pointer, 1, Integer::sum) - 1;
    }

    /**
     * Runs the task within its time limit, which covers everything inside it. The executor of attempts enforces a call's own
     * limit.
     */
    private TaskResult runWithinTimeout(Task task, StepId step, JsonNode input) {
        var outer = deadline;
        Optional.of(task.header())
                .filter(header -> task instanceof Task.DoTask || task instanceof Task.TryTask)
                .flatMap(TaskHeader::timeout)
                .ifPresent(limit -> deadline =
                        outer.earlierOf(new Deadline(executor.startOf(step).plus(limit), step.pointer())));
        try {
            return execute(task, step, input);
        } finally {
            deadline = outer;
        }
    }

    private TaskResult execute(Task task, StepId step, JsonNode input) {
        var then = task.header().then();
        return switch (task) {
            case Task.CallTask call -> new TaskResult(call(prepareCall(call, step, input)), then);
            case Task.SetTask set -> compute(step, fill(set.value(), input, set.header()), then);
            case Task.WaitTask wait -> {
                executor.awaitDelay(step, wait.duration(), deadline);
                yield new TaskResult(input, then);
            }
            case Task.WaitUntilTask wait -> {
                executor.awaitDelay(step, delayUntil(wait, input), deadline);
                yield new TaskResult(input, then);
            }
            case Task.RaiseTask raise ->
                throw TaskFailed.raised(
                        fill(raise.error(), input, raise.header()),
                        raise.header().pointer());
            case Task.SwitchTask choice -> compute(step, input, choose(choice, input));
            case Task.DoTask group -> leave(runList(group.tasks(), input), then);
            case Task.TryTask attempt -> attempt(attempt, step, input, 1);
        };
    }

    /** Returns the time until the moment; zero or negative when the moment has passed. */
    private Duration delayUntil(Task.WaitUntilTask wait, JsonNode input) {
        String pointer = wait.header().pointer();
        JsonNode written = fill(wait.until(), input, wait.header());
        Instant until = readExactly(written)
                .or(() -> inputs.readTime(written))
                .orElseThrow(() -> TaskFailed.forReason(
                        FailureReason.BAD_INPUT,
                        pointer,
                        "“until” is no moment that can be read: " + Redaction.redact(Json.write(written)) + "."));
        Duration delay = Duration.between(executor.now(), until);
        if (delay.compareTo(MAX_WAIT) > 0) {
            throw TaskFailed.forReason(
                    FailureReason.BAD_INPUT, pointer, "“until” is more than " + MAX_WAIT.toDays() + " days ahead.");
        }
        return delay;
    }

    /**
     * Reads a moment with its fraction of a second, so that no wait ends before its moment; times that people write lack a
     * fraction.
     */
    private static Optional<Instant> readExactly(JsonNode written) {
        try {
            return Optional.of(Instant.parse(written.asString("")));
        } catch (DateTimeParseException otherForm) {
            return Optional.empty();
        }
    }

    /**
     * Makes the call. A text to a person who opted out is skipped, unless the flow catches the error, because there is nothing
     * to correct.
     */
    private JsonNode call(TaskExecutor.Call call) {
        try {
            return executor.call(call);
        } catch (TaskFailed failed) {
            if (failed.reason().filter(FailureReason.OPTED_OUT::equals).isPresent() && !isCaught(failed)) {
                return Json.MAPPER.nullNode();
            }
            throw failed;
        }
    }

    private boolean isCaught(TaskFailed failed) {
        return handlers.stream().anyMatch(handler -> handler.test(failed));
    }

    private static TaskResult leave(ListResult inner, Then then) {
        return new TaskResult(inner.output(), inner.endsRun() ? new Then.End() : then);
    }

    private TaskExecutor.Call prepareCall(Task.CallTask task, StepId step, JsonNode input) {
        var idempotencyKey =
                task.header().metadata().idempotencyKey().map(key -> Json.write(fill(key, input, task.header())));
        // Converts the input as the journal would return it, so that equal inputs are equal nodes.
        var written = Json.read(Json.write(fill(task.with(), input, task.header())));
        var read = inputs.read(task.function(), written);
        return new TaskExecutor.Call(task, step, written, read.input(), read.notes(), idempotencyKey, deadline);
    }

    private JsonNode fill(Template template, JsonNode input, TaskHeader header) {
        return scope.evaluate(template, input, header.pointer());
    }

    private TaskResult compute(StepId step, JsonNode output, Then then) {
        executor.recordOutput(step, output);
        return new TaskResult(output, then);
    }

    private Then choose(Task.SwitchTask choice, JsonNode input) {
        return choice.cases().stream()
                .filter(candidate -> candidate
                        .when()
                        .map(when -> scope.holds(when, input, choice.header().pointer()))
                        .orElse(true))
                .findFirst()
                .map(Task.SwitchTask.Case::then)
                .orElse(choice.header().then());
    }

    private TaskResult attempt(Task.TryTask task, StepId step, JsonNode input, int number) {
        try {
            return leave(runGuarded(task, step, input), task.header().then());
        } catch (TaskFailed failed) {
            return scope.with(task.handler().as(), failed.error(), () -> handle(failed, task, step, input, number));
        }
    }

    private ListResult runGuarded(Task.TryTask task, StepId step, JsonNode input) {
        var rules = new CatchRules(task.handler(), step.pointer(), scope);
        handlers.push(failed -> scope.with(task.handler().as(), failed.error(), () -> rules.catches(failed, input)));
        try {
            return runList(task.tasks(), input);
        } finally {
            handlers.pop();
        }
    }

    private TaskResult handle(TaskFailed failed, Task.TryTask task, StepId step, JsonNode input, int number) {
        var rules = new CatchRules(task.handler(), step.pointer(), scope);
        if (!rules.catches(failed, input)) {
            throw failed;
        }
        var retry = rules.retryAfter(number, input, () -> executor.startOf(step), executor::hasPassed);
        if (retry.isPresent()) {
            String pointer = step.pointer() + "/catch/retry";
            executor.awaitDelay(
                    new StepId(pointer, task.name() + " again", countVisit(pointer)),
                    CatchRules.delayAfter(number, retry.get()),
                    deadline);
            return attempt(task, step, input, number + 1);
        }
        return leave(runList(task.handler().tasks(), input), task.header().then());
    }
}
