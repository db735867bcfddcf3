package dev.patchbay.flows.run;

import dev.patchbay.flowlanguage.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Executes the calls, waits and records of a flow: for a real run, a preview of a replay, or a dry run. */
interface TaskExecutor {

    /**
     * Describes a call that a flow reached.
     *
     * @param written the input as the flow writes it
     * @param input the input after it was read
     * @param notes on input values that were changed when read, or left out
     * @param idempotencyKey the key that the author set, where there is one
     * @param deadline the time after which no attempt begins
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
     * Makes the call, or returns the output of an earlier one.
     *
     * @return the output of the call
     * @throws TaskFailed when the call failed for good
     * @throws Suspended when the run has to wait for the output
     */
    JsonNode call(Call call);

    /**
     * Returns when the delay has elapsed.
     *
     * @throws TaskFailed when the deadline passed first
     * @throws Suspended when it has not elapsed
     */
    void awaitDelay(StepId step, Duration delay, Deadline deadline);

    /** Records the output that a step computed. */
    void recordOutput(StepId step, JsonNode output);

    /** Records that a step was skipped, because its condition was not true. */
    void recordSkipped(StepId step);

    /** Returns the id of the run, or a substitute text where there is none. */
    String runId();

    /** Returns the time as the run sees it. */
    Instant now();

    /**
     * Returns the time at which a step with a time limit was first reached, moved by the time since then in which no process
     * worked on the run.
     */
    Instant startOf(StepId step);

    /** Returns the time at which this pass of the run began, moved in the same way. */
    Instant startOfRun();

    /** Says whether it is too late to begin an attempt. */
    boolean hasPassed(Deadline deadline);
}
