package dev.patchbay.prompts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.kernel.Ids;
import java.time.Instant;

/** Identifies a client's own prompt. It is written {@code pri_…} (see {@link Ids}), as a plain string in JSON. */
public record InstanceId(@JsonValue String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    @JsonCreator
    public InstanceId {
        Ids.requireWellFormed(value);
    }

    /** Makes a new id that sorts by the given time. */
    public static InstanceId next(Instant now) {
        return new InstanceId(Ids.next("pri", now));
    }

    @Override
    public String toString() {
        return value;
    }
}
