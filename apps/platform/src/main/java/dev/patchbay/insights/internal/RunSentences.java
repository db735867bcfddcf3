package dev.patchbay.insights.internal;

import dev.patchbay.effects.spi.FailureReason;
import dev.patchbay.flows.history.RunHistory.StepEntry;
import dev.patchbay.flows.run.AttemptResult;
import dev.patchbay.flows.run.RunStatus;
import dev.patchbay.flows.run.StepStatus;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Describes the result of a step or a run in a sentence without its full stop. */
final class RunSentences {

    private static final Set<String> REFUSALS = Set.of("no_slot", "bad_input", "auth_expired");

    private static final String OPTED_OUT = "opted_out";

    private RunSentences() {}

    static String ofStep(StepEntry step) {
        String reason = step.detail() == null ? "" : ": " + step.detail();
        String call = step.call();
        if (call == null) {
            String outcome = "Step " + step.name() + " " + progress(step.status());
            return step.status() == StepStatus.COMPLETED ? outcome : outcome + reason;
        }
        var label = FunctionLabels.labelOf(call);
        return switch (step.status()) {
            case COMPLETED -> label.completed() + appointmentTime(step);
            case FAILED -> label.noun() + failure(String.valueOf(step.reason())) + reason;
            case RUNNING, WAITING, SKIPPED, UNDONE -> label.noun() + " " + progress(step.status()) + reason;
        };
    }

    private static String failure(String reason) {
        if (reason.equals(OPTED_OUT)) {
            return " not sent: opted out";
        }
        return REFUSALS.contains(reason) ? " refused" : " failed";
    }

    static String appointmentTime(StepEntry step) {
        return step.startLocal() == null ? "" : " for " + step.startLocal();
    }

    private static String progress(StepStatus status) {
        return switch (status) {
            case SKIPPED -> "skipped because its condition was false";
            case WAITING -> "is waiting";
            case RUNNING -> "is in progress";
            case COMPLETED, FAILED, UNDONE -> status.code();
        };
    }

    /** Describes the end of a run; the text follows the name of the flow. */
    static String ofEnd(RunStatus status) {
        return switch (status) {
            case PARKED -> "stopped and needs a person";
            case CANCELLED -> "was cancelled";
            case RUNNING, WAITING, PAUSED, COMPLETED, FAILED -> status.code();
        };
    }

    /** Returns the consequence of an attempt; null when it succeeded. */
    static @Nullable String ofAttempt(AttemptResult result) {
        String reason = result.reason().map(FailureReason::meaning).orElse("");
        return switch (result.outcome()) {
            case SUCCEEDED -> null;
            case NEEDS_PERSON -> "Only a person can find out whether it was done.";
            case FAILED -> reason;
            case RETRIED -> reason + " It is tried again" + after(result) + ".";
            case DEFERRED -> "It is decided later: checked again" + after(result) + ".";
        };
    }

    private static String after(AttemptResult result) {
        long milliseconds = result.delay().map(Duration::toMillis).orElse(0L);
        long tenths = (milliseconds + 99) / 100;
        return milliseconds == 0 ? " at once" : " after " + tenths / 10.0 + " s";
    }
}
