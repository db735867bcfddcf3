package dev.patchbay.prompts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.kernel.Ids;
import java.time.Instant;

/** Identifies a release of a client's prompt. It is written {@code prr_…} (see {@link Ids}), as a plain string in JSON. */
public record ReleaseId(@JsonValue String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    @JsonCreator
    public ReleaseId {
        Ids.requireWellFormed(value);
    }

    /** Makes a new id that sorts by the given time. */
    public static ReleaseId next(Instant now) {
        return new ReleaseId(Ids.next("prr", now));
    }

    @Override
    public String toString() {
        return value;
    }
}
