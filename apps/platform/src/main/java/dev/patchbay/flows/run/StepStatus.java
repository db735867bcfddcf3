package dev.patchbay.flows.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The status of a step, and the only definition of the allowed transitions. Written in lower case in the database and in
 * JSON.
 */
public enum StepStatus {
    RUNNING,
    /** For the next attempt, the end of a wait, or a person. */
    WAITING,
    COMPLETED,
    FAILED,
    /** Its condition did not hold. */
    SKIPPED,
    /** It completed and was compensated; the database keeps {@code completed} and the time of the compensation. */
    UNDONE;

    /** The status with this code. */
    public static StepStatus of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Whether that status may come after this one. */
    public boolean mayBecome(StepStatus next) {
        return successors().contains(next);
    }

    private Set<StepStatus> successors() {
        return switch (this) {
            case RUNNING -> EnumSet.of(WAITING, COMPLETED, FAILED, SKIPPED);
            case WAITING -> EnumSet.of(WAITING, COMPLETED, FAILED);
            case COMPLETED -> EnumSet.of(UNDONE);
            // A person settles its outcome, or a failed compensation is tried again.
            case FAILED -> EnumSet.of(RUNNING, WAITING);
            case SKIPPED, UNDONE -> EnumSet.noneOf(StepStatus.class);
        };
    }

    /** As it appears in answers, for example {@code completed}. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
