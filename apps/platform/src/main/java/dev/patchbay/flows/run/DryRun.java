package dev.patchbay.flows.run;

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

/** Executes tasks without the outside: calls return {@link SimulatedResponses}, and waits elapse at once. Writes nothing. */
final class DryRun implements TaskExecutor {

    private final SimulatedResponses responses;
    private final PortContracts contracts;
    private final Instant startedAt;
    private final List<DryStep> steps = new ArrayList<>();
    private final Map<StepId, Instant> starts = new HashMap<>();
    private Duration waited = Duration.ZERO;

    DryRun(SimulatedResponses responses, PortContracts contracts, Instant startedAt) {
        this.responses = responses;
        this.contracts = contracts;
        this.startedAt = startedAt;
    }

    /**
     * @param call the function; null where nothing is called
     * @param output what it returned; of a failed step the error
     * @param source of a call's output; null where nothing is called or the call failed
     */
    public record DryStep(
            String name,
            String pointer,
            @Nullable String call,
            @Nullable JsonNode input,
            @Nullable JsonNode output,
            SimulatedResponses.@Nullable Source source,
            StepStatus status,
            String sentence) {}

    List<DryStep> steps() {
        return List.copyOf(steps);
    }

    @Override
    public JsonNode call(Call call) {
        String function = call.task().function();
        try {
            contracts.inputViolation(function, call.input()).ifPresent(violation -> {
                throw TaskFailed.forReason(FailureReason.BAD_INPUT, call.step().pointer(), violation);
            });
            var response = responses.respondTo(call, now());
            steps.add(new DryStep(
                    call.step().name(),
                    call.step().pointer(),
                    function,
                    call.input(),
                    response.output(),
                    response.source(),
                    StepStatus.COMPLETED,
                    response.sentence()));
            return response.output();
        } catch (TaskFailed failed) {
            steps.add(new DryStep(
                    call.step().name(),
                    call.step().pointer(),
                    function,
                    call.input(),
                    failed.error(),
                    null,
                    StepStatus.FAILED,
                    failed.sentence()));
            throw failed;
        }
    }

    @Override
    public void awaitDelay(StepId step, Duration delay, Deadline deadline) {
        waited = waited.plus(deadline.limit(delay, now()));
        if (hasPassed(deadline)) {
            var late = TaskFailed.timeout(deadline, FailureReason.BAD_INPUT, deadline.passedWhileWaiting(step));
            add(step, late.error(), StepStatus.FAILED, late.sentence());
            throw late;
        }
        add(step, null, StepStatus.COMPLETED, "A run would wait " + delay + " here.");
    }

    @Override
    public void recordOutput(StepId step, JsonNode output) {
        add(step, output, StepStatus.COMPLETED, "Computed.");
    }

    @Override
    public void recordSkipped(StepId step) {
        add(step, null, StepStatus.SKIPPED, "Its condition does not hold.");
    }

    private void add(StepId step, @Nullable JsonNode output, StepStatus status, String sentence) {
        steps.add(new DryStep(step.name(), step.pointer(), null, null, output, null, status, sentence));
    }

    @Override
    public String runId() {
        return "dry-run";
    }

    @Override
    public Instant startOf(StepId step) {
        return starts.computeIfAbsent(step, first -> now());
    }

    @Override
    public Instant startOfRun() {
        return startedAt;
    }

    @Override
    public boolean hasPassed(Deadline deadline) {
        return deadline.hasPassed(now());
    }

    /** Only waits let it pass. */
    @Override
    public Instant now() {
        return startedAt.plus(waited);
    }
}
