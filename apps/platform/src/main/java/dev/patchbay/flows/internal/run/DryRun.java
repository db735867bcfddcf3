package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.PortContracts;
import dev.patchbay.effects.spi.FailureReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Walks a flow without the world: calls are answered by {@link SimulatedResponses}, and waits are over at once. Writes nothing. */
final class DryRun implements TaskExecutor {

    private final SimulatedResponses answers;
    private final PortContracts contracts;
    private final Instant began;
    private final List<DryStep> steps = new ArrayList<>();
    private final Map<StepId, Instant> beginnings = new HashMap<>();
    private Duration waited = Duration.ZERO;

    DryRun(SimulatedResponses answers, PortContracts contracts, Instant began) {
        this.answers = answers;
        this.contracts = contracts;
        this.began = began;
    }

    /**
     * @param call the function; null where nothing is called
     * @param output what it returned; of a failed one the error
     * @param source of a call's output: {@code given}, {@code recorded} or {@code sample}; null where it was none of these
     * @param status {@code completed}, {@code failed} or {@code skipped}
     */
    public record DryStep(
            String name,
            String pointer,
            @Nullable String call,
            @Nullable JsonNode input,
            @Nullable JsonNode output,
            @Nullable String source,
            String status,
            String sentence) {}

    List<DryStep> steps() {
        return List.copyOf(steps);
    }

    @Override
    public JsonNode call(Call call) {
        try {
            contracts.inputViolation(call.task().function(), call.input()).ifPresent(objection -> {
                throw TaskFailed.because(FailureReason.BAD_INPUT, call.step().pointer(), objection);
            });
            var answer = answers.to(call, now());
            add(call.step(), call, answer.output(), answer.source(), "completed", answer.sentence());
            return answer.output();
        } catch (TaskFailed failed) {
            add(call.step(), call, failed.error(), null, "failed", String.valueOf(failed.getMessage()));
            throw failed;
        }
    }

    @Override
    public void pause(StepId step, Duration duration, Deadline until) {
        waited = waited.plus(until.within(duration, now()));
        if (isOver(until)) {
            var late = TaskFailed.timeout(until, FailureReason.BAD_INPUT, until.overWhileWaiting(step));
            add(step, null, late.error(), null, "failed", String.valueOf(late.getMessage()));
            throw late;
        }
        add(step, null, null, null, "completed", "A run would wait " + duration + " here.");
    }

    @Override
    public void computed(StepId step, JsonNode output) {
        add(step, null, output, null, "completed", "Computed.");
    }

    @Override
    public void skipped(StepId step) {
        add(step, null, null, null, "skipped", "Its condition does not hold.");
    }

    private void add(
            StepId step,
            @Nullable Call call,
            @Nullable JsonNode output,
            @Nullable String source,
            String status,
            String sentence) {
        steps.add(new DryStep(
                step.name(),
                step.pointer(),
                call == null ? null : call.task().function(),
                call == null ? null : call.input(),
                output,
                source,
                status,
                sentence));
    }

    @Override
    public Instant began(StepId step) {
        return beginnings.computeIfAbsent(step, first -> now());
    }

    @Override
    public Instant began() {
        return began;
    }

    @Override
    public boolean isOver(Deadline deadline) {
        return deadline.isOver(now());
    }

    /** The time as it would be: only waits make it pass. */
    private Instant now() {
        return began.plus(waited);
    }
}
