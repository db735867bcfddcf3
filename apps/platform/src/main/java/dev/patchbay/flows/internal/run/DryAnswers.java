package dev.patchbay.flows.internal.run;

import dev.patchbay.flows.internal.act.PortContracts;
import dev.patchbay.flows.spi.Reason;
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
record DryAnswers(Map<String, JsonNode> given, List<Line> recorded, PortContracts contracts) {

    /** @param source {@code given}, {@code recorded} or {@code sample} */
    record DryAnswer(String source, JsonNode output, String sentence) {}

    /** @throws TaskFailed when the answer is a failure */
    DryAnswer to(Execution.Call call, Instant now) {
        String function = call.task().function();
        JsonNode answer = given.get(call.task().name());
        if (function.equals(Approval.FUNCTION)) {
            return approval(call, answer == null ? Json.object() : answer, now);
        }
        if (answer != null) {
            return given(call, answer);
        }
        return recorded(call)
                .map(line -> new DryAnswer("recorded", Walk.result(line), "The event's run got this answer."))
                .orElseGet(() -> new DryAnswer("sample", contracts.sample(function), "A sample of what it answers."));
    }

    private static DryAnswer given(Execution.Call call, JsonNode answer) {
        reason(answer).ifPresent(reason -> {
            throw TaskFailed.because(reason, call.step().pointer(), "As given: " + reason.meaning());
        });
        return new DryAnswer("given", answer, "As given.");
    }

    /** Why a call fails whose answer is given as {@code {"error": "no_slot"}}; empty when it is given an output. */
    static Optional<Reason> reason(JsonNode answer) {
        return TaskFailed.reasonOf(answer.path("error").asString(""));
    }

    private static DryAnswer approval(Execution.Call call, JsonNode answer, Instant now) {
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
                ? new DryAnswer("sample", output, "A person would be asked; taken as approved.")
                : new DryAnswer("given", output, "Approved, as given.");
    }

    /** The same visit of the task first; a failure counts only for the input that failed. */
    private Optional<Line> recorded(Execution.Call call) {
        var lines = recorded.reversed().stream()
                .filter(line -> line.step().name().equals(call.task().name()))
                .filter(line -> call.task().function().equals(line.call()))
                .filter(line -> line.is("completed")
                        || (line.is("failed") && call.input().equals(line.input())))
                .toList();
        return lines.stream()
                .filter(line -> line.step().iteration() == call.step().iteration())
                .findFirst()
                .or(() -> lines.stream().findFirst());
    }
}
