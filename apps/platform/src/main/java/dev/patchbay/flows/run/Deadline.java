package dev.patchbay.flows.run;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The moment from which nothing may begin any more.
 *
 * @param pointer of the task, or the flow, whose {@code timeout} it is
 * @param subject what is over then and makes the task useless, as it begins a sentence; null where it is a {@code timeout}
 */
record Deadline(Instant at, String pointer, @Nullable String subject) {

    static final Deadline NONE = new Deadline(Instant.MAX, "");

    Deadline(Instant at, String pointer) {
        this(at, pointer, null);
    }

    Deadline earlierOf(Deadline other) {
        return other.at.isBefore(at) ? other : this;
    }

    /** Says whether the task is of no use after it, whatever stood in the way until then. */
    boolean endsUse() {
        return subject != null;
    }

    /** A name for people, as it begins a sentence. */
    String description() {
        if (subject != null) {
            return subject;
        }
        return pointer.isEmpty()
                ? "The time limit of the flow"
                : "The time limit of “" + pointer.substring(pointer.lastIndexOf('/') + 1) + "”";
    }

    String passedWhileWaiting(StepId step) {
        return description() + " was over while the run waited at “" + step.name() + "”.";
    }

    boolean hasPassed(Instant now) {
        return !now.isBefore(at);
    }

    /** The wait, cut off at the deadline. */
    Duration limit(Duration wait, Instant now) {
        if (this.equals(NONE)) {
            return wait;
        }
        var remaining = Duration.between(now, at);
        return remaining.compareTo(wait) < 0 ? (remaining.isNegative() ? Duration.ZERO : remaining) : wait;
    }
}
