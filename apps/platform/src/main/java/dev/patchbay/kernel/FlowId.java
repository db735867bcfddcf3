package dev.patchbay.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;

/**
 * The id of a flow, the same for all its versions. It is written {@code flw_…} (see {@link Ids}) and is a plain string in JSON.
 */
public record FlowId(@JsonValue String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    @JsonCreator
    public FlowId {
        Ids.requireWellFormed(value);
    }

    /** Returns a new id that sorts by the given time. */
    public static FlowId next(Instant now) {
        return new FlowId(Ids.next("flw", now));
    }

    @Override
    public String toString() {
        return value;
    }
}
