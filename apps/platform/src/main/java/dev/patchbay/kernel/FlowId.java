package dev.patchbay.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;

/** A flow, over all its versions. Written {@code flw_…} (see {@link Ids}); a plain string in JSON. */
public record FlowId(@JsonValue String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    @JsonCreator
    public FlowId {
        Ids.requireWellFormed(value);
    }

    /** A new id that sorts by the given time. */
    public static FlowId next(Instant now) {
        return new FlowId(Ids.next("flw", now));
    }

    @Override
    public String toString() {
        return value;
    }
}
