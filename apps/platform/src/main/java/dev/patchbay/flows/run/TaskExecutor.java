package dev.patchbay.flows.run;

import dev.patchbay.flowlanguage.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Executes what a flow asks of the outside: for a real run, a preview of a replay, or a dry run. */
interface TaskExecutor {

    /**
     * A call that a flow reached.
     *
     * @param written the input as the flow gives it
     * @param input as it was read
     * @param notes on values of the input that were read otherwise than written, or left out
     * @param idempotencyKey the author's own, where there is one
     * @param deadline no attempt begins later
     */
    record Call(
            Task.CallTask task,
            StepId step,
            JsonNode written,
            JsonNode input,
            List<String> notes,
            Optional<String> idempotencyKey,
            Deadline deadline) {

        Call withInputAsWritten() {
            return new Call(task, step, written, written, List.of(), idempotencyKey, deadline);
        }
    }

    /**
     * Makes the call, or finds what it returned before.
     *
     * @return its output
     * @throws TaskFailed when it failed for good
     * @throws Suspended when the run has to wait for its output
     */
    JsonNode call(Call call);

    /**
     * Returns when the delay has elapsed.
     *
     * @throws TaskFailed when the deadline passed before
     * @throws Suspended when it has not elapsed
     */
    void awaitDelay(StepId step, Duration delay, Deadline deadline);

    /** Records the output that a step computed. */
    void recordOutput(StepId step, JsonNode output);

    /** Records that a step was skipped, since its condition was not true. */
    void recordSkipped(StepId step);

    /** The id of the run, or a text in its place where there is none. */
    String runId();

    /** The time as the run sees it. */
    Instant now();

    /** The time at which a step with a time limit was first reached. */
    Instant startOf(StepId step);

    /** The time at which this pass of the run began. */
    Instant startOfRun();

    /** Whether it is too late to begin anything. */
    boolean hasPassed(Deadline deadline);
}
