package dev.patchbay.iam;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.kernel.Ids;
import java.time.Instant;

/** The id of a group of users. It is written {@code grp_…} (see {@link Ids}) and is a plain string in JSON. */
public record GroupId(@JsonValue String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    @JsonCreator
    public GroupId {
        Ids.requireWellFormed(value);
    }

    /** Returns a new id that sorts by the given time. */
    public static GroupId next(Instant now) {
        return new GroupId(Ids.next("grp", now));
    }

    @Override
    public String toString() {
        return value;
    }
}
