package dev.patchbay.iam;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.kernel.Ids;
import java.time.Instant;

/** The id of a role assignment. It is written {@code asg_…} (see {@link Ids}) and is a plain string in JSON. */
public record AssignmentId(@JsonValue String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    @JsonCreator
    public AssignmentId {
        Ids.requireWellFormed(value);
    }

    /** Returns a new id that sorts by the given time. */
    public static AssignmentId next(Instant now) {
        return new AssignmentId(Ids.next("asg", now));
    }

    @Override
    public String toString() {
        return value;
    }
}
