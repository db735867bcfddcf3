package dev.patchbay.flows.internal.run;

import dev.patchbay.effects.PortContracts;
import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.kernel.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What calls are answered with in a dry run: what the caller gives, else what was recorded, else a sample.
 *
 * @param given by the task's name
 * @param recorded what a run of the same event got, oldest first
 */
record SimulatedResponses(Map<String, JsonNode> given, List<StepRecord> recorded, PortContracts contracts) {

    /** @param source {@code given}, {@code recorded} or {@code sample} */
    record SimulatedResponse(String source, JsonNode output, String sentence) {}

    /** @throws TaskFailed when the answer is a failure */
    SimulatedResponse to(TaskExecutor.Call call, Instant now) {
        String function = call.task().function();
        JsonNode answer = given.get(call.task().name());
        if (function.equals(Approval.FUNCTION)) {
            return approval(call, answer == null ? Json.object() : answer, now);
        }
        if (answer != null) {
            return given(call, answer);
        }
        return recorded(call)
                .map(stepRecord -> new SimulatedResponse(
                        "recorded", RunExecution.result(stepRecord), "The event's run got this answer."))
                .orElseGet(() -> new SimulatedResponse(
                        "sample", contracts.sampleOutput(function), "A sample of what it answers."));
    }

    private static SimulatedResponse given(TaskExecutor.Call call, JsonNode answer) {
        reason(answer).ifPresent(failureReason -> {
            throw TaskFailed.because(failureReason, call.step().pointer(), "As given: " + failureReason.meaning());
        });
        return new SimulatedResponse("given", answer, "As given.");
    }

    /** Why a call fails whose answer is given as {@code {"error": "no_slot"}}; empty when it is given an output. */
    static Optional<FailureReason> reason(JsonNode answer) {
        return TaskFailed.reasonOf(answer.path("error").asString(""));
    }

    private static SimulatedResponse approval(TaskExecutor.Call call, JsonNode answer, Instant now) {
        String why = answer.path("reason").asString(null);
        if (!answer.path("approved").asBoolean(true)) {
            throw TaskFailed.journalled(TaskFailed.rejection(
                    call.step().pointer(), Objects.requireNonNullElse(why, "Rejected, as given.")));
        }
        var output = Json.object()
                .put("approved", true)
                .put("by", answer.path("by").asString("dry run"))
                .put("reason", why)
                .put("at", now.toString());
        return answer.isEmpty()
                ? new SimulatedResponse("sample", output, "A person would be asked; taken as approved.")
                : new SimulatedResponse("given", output, "Approved, as given.");
    }

    /** The same visit of the task first; a failure counts only for the input that failed. */
    private Optional<StepRecord> recorded(TaskExecutor.Call call) {
        var lines = recorded.reversed().stream()
                .filter(stepRecord ->
                        stepRecord.step().name().equals(call.task().name()))
                .filter(stepRecord -> call.task().function().equals(stepRecord.call()))
                .filter(stepRecord -> stepRecord.is("completed")
                        || (stepRecord.is("failed") && call.input().equals(stepRecord.input())))
                .toList();
        return lines.stream()
                .filter(stepRecord ->
                        stepRecord.step().iteration() == call.step().iteration())
                .findFirst()
                .or(() -> lines.stream().findFirst());
    }
}
