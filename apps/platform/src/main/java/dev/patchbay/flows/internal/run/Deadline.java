package dev.patchbay.flows.internal.run;

import java.time.Duration;
import java.time.Instant;

/**
 * Until when something may be begun.
 *
 * @param pointer of the task, or the flow, whose {@code timeout} it is
 */
record Deadline(Instant at, String pointer) {

    static final Deadline NONE = new Deadline(Instant.MAX, "");

    Deadline orEarlier(Deadline other) {
        return other.at.isBefore(at) ? other : this;
    }

    /** As it begins a sentence. */
    String words() {
        return pointer.isEmpty()
                ? "The time limit of the flow"
                : "The time limit of “" + pointer.substring(pointer.lastIndexOf('/') + 1) + "”";
    }

    String overWhileWaiting(StepId step) {
        return words() + " was over while the run waited at “" + step.name() + "”.";
    }

    boolean isOver(Instant now) {
        return !now.isBefore(at);
    }

    /** The wait, or what is left until the deadline where that is shorter. */
    Duration within(Duration wait, Instant now) {
        if (this.equals(NONE)) {
            return wait;
        }
        var left = Duration.between(now, at);
        return left.compareTo(wait) < 0 ? (left.isNegative() ? Duration.ZERO : left) : wait;
    }
}
