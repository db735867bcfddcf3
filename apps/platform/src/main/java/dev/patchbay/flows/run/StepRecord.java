package dev.patchbay.flows.run;

import dev.patchbay.effects.spi.FailureReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A step in the journal.
 *
 * @param status never {@code UNDONE}: see {@code undone}
 * @param call the function; null where nothing is called
 * @param output what it returned; of a failed step the error, of a waiting one {@code {reason, detail}}
 * @param notes on values of the input that were read otherwise than written, or left out
 * @param attempts that counted towards the limit
 * @param tokenRenewed whether the last attempt renewed the access token
 * @param reused whether an earlier pass did it
 * @param undone whether its compensation has run
 * @param absence the time since it began in which no process worked on the run
 * @param remainingWait remaining wait by the database clock; zero or negative once it has elapsed
 */
record StepRecord(
        StepId id,
        int pass,
        StepStatus status,
        @Nullable String call,
        @Nullable String effectKey,
        @Nullable JsonNode input,
        @Nullable JsonNode output,
        List<String> notes,
        int attempts,
        boolean tokenRenewed,
        boolean reused,
        boolean undone,
        Instant startedAt,
        Duration absence,
        @Nullable Instant endedAt,
        @Nullable Duration remainingWait) {

    /** A step that begins. */
    static StepRecord start(StepId id, int pass, @Nullable String call, @Nullable JsonNode input, Instant now) {
        return new StepRecord(
                id,
                pass,
                StepStatus.RUNNING,
                call,
                null,
                input,
                null,
                List.of(),
                0,
                false,
                false,
                false,
                now,
                Duration.ZERO,
                null,
                null);
    }

    /** The moment from which on its time limit counts. */
    Instant limitedFrom() {
        return startedAt.plus(absence);
    }

    /** Why a waiting step has not ended yet, where it was attempted. */
    Optional<FailureReason> findReason() {
        return Optional.ofNullable(output)
                .flatMap(details -> TaskFailed.findReason(details.path("reason").asString("")));
    }

    boolean hasEnded() {
        return endedAt != null;
    }

    boolean isCompleted() {
        return status == StepStatus.COMPLETED;
    }

    boolean isFailed() {
        return status == StepStatus.FAILED;
    }

    /** The status that people see. */
    StepStatus shownStatus() {
        return undone ? StepStatus.UNDONE : status;
    }

    StepRecord withEffectKey(String key) {
        return new StepRecord(
                id,
                pass,
                status,
                call,
                key,
                input,
                output,
                notes,
                attempts,
                tokenRenewed,
                reused,
                undone,
                startedAt,
                absence,
                endedAt,
                remainingWait);
    }

    StepRecord withNotes(List<String> sentences) {
        return new StepRecord(
                id,
                pass,
                status,
                call,
                effectKey,
                input,
                output,
                sentences,
                attempts,
                tokenRenewed,
                reused,
                undone,
                startedAt,
                absence,
                endedAt,
                remainingWait);
    }

    StepRecord complete(JsonNode result, Instant now) {
        return change(StepStatus.COMPLETED, result, attempts, tokenRenewed, now, null);
    }

    StepRecord fail(JsonNode error, Instant now) {
        return change(StepStatus.FAILED, error, attempts, tokenRenewed, now, null);
    }

    StepRecord skip(JsonNode result, Instant now) {
        return change(StepStatus.SKIPPED, result, attempts, tokenRenewed, now, null);
    }

    /** An attempt failed and another follows. */
    StepRecord awaitRetry(JsonNode why, boolean renewed) {
        return change(StepStatus.WAITING, why, attempts + 1, renewed, null, null);
    }

    /** @param wait null: until another attempt, or a person */
    StepRecord await(@Nullable JsonNode why, @Nullable Duration wait) {
        return change(StepStatus.WAITING, why, attempts, tokenRenewed, null, wait);
    }

    private StepRecord change(
            StepStatus next,
            @Nullable JsonNode result,
            int counted,
            boolean renewed,
            @Nullable Instant end,
            @Nullable Duration wait) {
        if (!status.mayBecome(next)) {
            throw new IllegalStateException(
                    "step " + id.name() + " is " + status.code() + ", not to be " + next.code());
        }
        return new StepRecord(
                id, pass, next, call, effectKey, input, result, notes, counted, renewed, reused, undone, startedAt,
                absence, end, wait);
    }

    /** The same step in a later pass, which does not do it again. */
    StepRecord reuse(int laterPass, StepId laterId, Instant now) {
        return new StepRecord(
                laterId,
                laterPass,
                status,
                call,
                effectKey,
                input,
                output,
                notes,
                0,
                false,
                true,
                false,
                now,
                Duration.ZERO,
                now,
                null);
    }
}
