package dev.patchbay.flows.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The status of a run, and the only definition of the allowed transitions. Written in lower case in the database and in JSON.
 */
public enum RunStatus {
    /** A process executes it. */
    RUNNING,
    /** It continues at a time, or when a person answers. */
    WAITING,
    /** A person stopped it. */
    PAUSED,
    COMPLETED,
    /** The flow's author ended it with {@code raise}, or a person rejected it. */
    FAILED,
    CANCELLED,
    /** It cannot continue by itself: a dead letter. */
    PARKED;

    /** The status with this code. */
    public static RunStatus of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Whether that status may come after this one. */
    public boolean mayBecome(RunStatus next) {
        return successors().contains(next);
    }

    private Set<RunStatus> successors() {
        return switch (this) {
            // Another process may take it over: running again.
            case RUNNING -> EnumSet.allOf(RunStatus.class);
            case WAITING -> EnumSet.of(RUNNING, WAITING, PAUSED);
            case PAUSED -> EnumSet.of(PAUSED, WAITING);
            // A replay, a settlement or a cancellation.
            case COMPLETED, FAILED, CANCELLED, PARKED -> EnumSet.of(WAITING);
        };
    }

    /** The codes of the statuses that this one may come after. */
    public String[] predecessors() {
        return Arrays.stream(values())
                .filter(status -> status.mayBecome(this))
                .map(RunStatus::code)
                .toArray(String[]::new);
    }

    /** As it appears in answers, for example {@code running}. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
