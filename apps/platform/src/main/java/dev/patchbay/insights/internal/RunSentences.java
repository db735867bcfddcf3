package dev.patchbay.insights.internal;

import dev.patchbay.flows.RunHistory.StepEntry;
import java.util.Set;

/** What became of a step or a run, in a sentence without its full stop. */
final class RunSentences {

    private static final Set<String> REFUSALS = Set.of("no_slot", "bad_input", "auth_expired");

    private RunSentences() {}

    static String ofStep(StepEntry step) {
        String reason = step.detail() == null ? "" : ": " + step.detail();
        String call = step.call();
        if (call == null) {
            String outcome = "Step " + step.name() + " " + progress(step.status());
            return step.status().equals("completed") ? outcome : outcome + reason;
        }
        var label = FunctionLabels.labelOf(call);
        return switch (step.status()) {
            case "completed" -> label.completed() + appointmentTime(step);
            case "failed" ->
                label.noun() + (REFUSALS.contains(String.valueOf(step.reason())) ? " refused" : " failed") + reason;
            default -> label.noun() + " " + progress(step.status()) + reason;
        };
    }

    static String appointmentTime(StepEntry step) {
        return step.startLocal() == null ? "" : " for " + step.startLocal();
    }

    private static String progress(String status) {
        return switch (status) {
            case "skipped" -> "skipped because its condition was false";
            case "waiting" -> "is waiting";
            case "running" -> "is in progress";
            default -> status;
        };
    }

    /** After the name of the flow. */
    static String ofEnd(String status) {
        return switch (status) {
            case "parked" -> "stopped and needs a person";
            case "cancelled" -> "was cancelled";
            default -> status;
        };
    }
}
