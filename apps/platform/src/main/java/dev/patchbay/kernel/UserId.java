package dev.patchbay.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;

/** The id of a person who signs in. It is written {@code usr_…} (see {@link Ids}) and is a plain string in JSON. */
public record UserId(@JsonValue String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    @JsonCreator
    public UserId {
        Ids.requireWellFormed(value);
    }

    /** Returns a new id that sorts by the given time. */
    public static UserId next(Instant now) {
        return new UserId(Ids.next("usr", now));
    }

    @Override
    public String toString() {
        return value;
    }
}
