package dev.patchbay.flows.internal.run;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A line of the journal: what became of one step.
 *
 * @param status {@code running}, {@code waiting}, {@code completed}, {@code failed} or {@code skipped}
 * @param output what it returned; of a failed one the error, of a waiting one {@code {reason, detail}}
 * @param attempts that counted towards the limit
 * @param renewed whether the last attempt renewed the access token
 * @param reused whether an earlier pass did it
 * @param left of a wait: what is left of it, by the database's clock; not positive when it is over
 */
record StepRecord(
        StepId step,
        int pass,
        String status,
        @Nullable String call,
        @Nullable String effectKey,
        @Nullable JsonNode input,
        @Nullable JsonNode output,
        int attempts,
        boolean renewed,
        boolean reused,
        boolean undone,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Duration left) {

    /** A step that begins. */
    static StepRecord began(StepId step, int pass, @Nullable String call, @Nullable JsonNode input, Instant now) {
        return new StepRecord(step, pass, "running", call, null, input, null, 0, false, false, false, now, null, null);
    }

    boolean is(String expected) {
        return status.equals(expected);
    }

    StepRecord acting(String key) {
        return new StepRecord(
                step, pass, status, call, key, input, output, attempts, renewed, reused, undone, startedAt, endedAt,
                left);
    }

    StepRecord ended(String how, JsonNode what, Instant now) {
        return new StepRecord(
                step, pass, how, call, effectKey, input, what, attempts, renewed, reused, undone, startedAt, now, null);
    }

    /** An attempt failed and another follows. */
    StepRecord again(JsonNode why, boolean tokenRenewed) {
        return new StepRecord(
                step,
                pass,
                "waiting",
                call,
                effectKey,
                input,
                why,
                attempts + 1,
                tokenRenewed,
                reused,
                undone,
                startedAt,
                null,
                null);
    }

    StepRecord waiting(@Nullable JsonNode why, @Nullable Duration length) {
        return new StepRecord(
                step, pass, "waiting", call, effectKey, input, why, attempts, renewed, reused, undone, startedAt, null,
                length);
    }

    /** The same in a later pass, which does not do it again. */
    StepRecord reusedIn(int later, StepId there, Instant now) {
        return new StepRecord(
                there, later, status, call, effectKey, input, output, 0, false, true, false, now, now, null);
    }
}
