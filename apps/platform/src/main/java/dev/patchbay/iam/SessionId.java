package dev.patchbay.iam;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.kernel.Ids;
import java.time.Instant;

/**
 * The id of a session in which a person is signed in. It is written {@code ses_…} (see {@link Ids}) and is a plain string in
 * JSON.
 */
public record SessionId(@JsonValue String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    @JsonCreator
    public SessionId {
        Ids.requireWellFormed(value);
    }

    /** Returns a new id that sorts by the given time. */
    public static SessionId next(Instant now) {
        return new SessionId(Ids.next("ses", now));
    }

    @Override
    public String toString() {
        return value;
    }
}
