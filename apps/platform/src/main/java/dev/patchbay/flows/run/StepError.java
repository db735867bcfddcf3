package dev.patchbay.flows.run;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The error of a step that failed, and the details of one that waits.
 *
 * @param connection through which it was attempted; null when none was found
 */
record StepError(
        StepRecord step, Deadline deadline, @Nullable ConnectionId connection) {

    /** The error; it names the connection, so that the end of an outage finds the runs that it had parked. */
    JsonNode of(FailureReason reason, String sentence, Instant now) {
        JsonNode error = deadline.hasPassed(now)
                ? timeout(reason, sentence)
                : TaskFailed.forReason(reason, step.id().pointer(), sentence).error();
        if (connection != null) {
            ((ObjectNode) error).put("connection", connection.value());
        }
        return error;
    }

    /** After the deadline the error is a timeout that names the reason which blocked the step until then. */
    private JsonNode timeout(FailureReason reason, String sentence) {
        String previous = Optional.ofNullable(step.output())
                .map(details -> " The attempt before: " + details.path("detail").asString(""))
                .orElse("");
        return TaskFailed.timeout(
                        deadline,
                        deadline.endsUse()
                                ? FailureReason.TOO_LATE
                                : step.findReason().orElse(reason),
                        deadline.description() + " was over. " + sentence + previous)
                .error();
    }

    /** Adds to the error sentence of any other failure that the outcome is unknown. */
    static String withOpenEffect(JsonNode error) {
        String sentence = error.path("detail").asString("");
        return error.path("title").asString("").equals(FailureReason.UNKNOWN_OUTCOME.code())
                ? sentence
                : sentence + " Whether what was sent before was carried out is not known.";
    }

    static String withAttempts(String sentence, int attempts) {
        return sentence + (sentence.endsWith(".") ? "" : ".") + " It was tried " + attempts + " times.";
    }

    static JsonNode details(FailureReason reason, String sentence) {
        return Json.object().put("reason", reason.code()).put("detail", sentence);
    }
}
