package dev.patchbay.flows.run;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.effects.PortContracts;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The responses to calls in a dry run: the caller's answer, else the recorded one, else a sample.
 *
 * @param answers the caller's, by the task's name
 * @param recorded the steps of a run of the same event, oldest first
 */
record SimulatedResponses(Map<String, JsonNode> answers, List<StepRecord> recorded, PortContracts contracts) {

    /** The source of a response. */
    public enum Source {
        /** The caller of the dry run gave it. */
        GIVEN,
        /** A run of the same event got it. */
        RECORDED,
        /** An example of the function's schema. */
        SAMPLE;

        /** As it appears in answers, for example {@code given}. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record SimulatedResponse(Source source, JsonNode output, String sentence) {}

    /** @throws TaskFailed when the response is a failure */
    SimulatedResponse respondTo(TaskExecutor.Call call, Instant now) {
        String function = call.task().function();
        JsonNode answer = answers.get(call.task().name());
        if (function.equals(Approval.FUNCTION)) {
            return decide(call, answer == null ? Json.object() : answer, now);
        }
        if (answer != null) {
            return useAnswer(call, answer);
        }
        return findRecorded(call)
                .map(step -> new SimulatedResponse(
                        Source.RECORDED, RunExecution.result(step), "The event's run got this answer."))
                .orElseGet(() -> new SimulatedResponse(
                        Source.SAMPLE, contracts.sampleOutput(function), "A sample of what it answers."));
    }

    private static SimulatedResponse useAnswer(TaskExecutor.Call call, JsonNode answer) {
        findReason(answer).ifPresent(reason -> {
            throw TaskFailed.forReason(reason, call.step().pointer(), "As given: " + reason.meaning());
        });
        return new SimulatedResponse(Source.GIVEN, answer, "As given.");
    }

    /** The reason of an answer that is given as {@code {"error": "no_slot"}}; empty for an output. */
    static Optional<FailureReason> findReason(JsonNode answer) {
        return TaskFailed.findReason(answer.path("error").asString(""));
    }

    private static SimulatedResponse decide(TaskExecutor.Call call, JsonNode answer, Instant now) {
        String reason = answer.path("reason").asString(null);
        if (!answer.path("approved").asBoolean(true)) {
            throw TaskFailed.fromError(TaskFailed.rejectionError(
                    call.step().pointer(), Objects.requireNonNullElse(reason, "Rejected, as given.")));
        }
        var output = Json.object()
                .put("approved", true)
                .put("by", answer.path("by").asString("dry run"))
                .put("reason", reason)
                .put("at", now.toString());
        return answer.isEmpty()
                ? new SimulatedResponse(Source.SAMPLE, output, "A person would be asked; taken as approved.")
                : new SimulatedResponse(Source.GIVEN, output, "Approved, as given.");
    }

    /** The same iteration of the task first; a failure counts only for the input that failed. */
    private Optional<StepRecord> findRecorded(TaskExecutor.Call call) {
        var steps = recorded.reversed().stream()
                .filter(step -> step.id().name().equals(call.task().name()))
                .filter(step -> call.task().function().equals(step.call()))
                .filter(step ->
                        step.isCompleted() || (step.isFailed() && call.input().equals(step.input())))
                .toList();
        return steps.stream()
                .filter(step -> step.id().iteration() == call.step().iteration())
                .findFirst()
                .or(() -> steps.stream().findFirst());
    }
}
