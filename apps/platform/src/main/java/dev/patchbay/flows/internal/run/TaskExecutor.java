package dev.patchbay.flows.internal.run;

import dev.patchbay.flowlanguage.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Where a flow meets the world: a run's own, a preview's, or a dry run's. */
interface TaskExecutor {

    /**
     * A call that a flow comes to.
     *
     * @param once the author's idempotency key, where there is one
     * @param until no attempt begins later
     */
    record Call(Task.CallTask task, StepId step, JsonNode input, Optional<String> once, Deadline until) {}

    /**
     * Makes the call, or knows what it returned.
     *
     * @throws TaskFailed when it was given up
     * @throws Suspended when its answer has to be waited for
     */
    JsonNode call(Call call);

    /**
     * Waits; returns when the time is over.
     *
     * @throws Suspended while it is not
     */
    void pause(StepId step, Duration duration, Deadline until);

    /** A step computed its output. */
    void computed(StepId step, JsonNode output);

    /** A step's condition did not hold. */
    void skipped(StepId step);

    /** When a step with a time limit was first come to. */
    Instant began(StepId step);

    /** When the run began. */
    Instant began();

    /** Whether it is too late to begin anything. */
    boolean isOver(Deadline deadline);
}
