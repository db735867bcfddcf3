package dev.patchbay.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;

/** The id of one durable run of a flow. It is written {@code run_…} (see {@link Ids}) and is a plain string in JSON. */
public record RunId(@JsonValue String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    @JsonCreator
    public RunId {
        Ids.requireWellFormed(value);
    }

    /** Returns a new id that sorts by the given time. */
    public static RunId next(Instant now) {
        return new RunId(Ids.next("run", now));
    }

    @Override
    public String toString() {
        return value;
    }
}
