package dev.patchbay.iam;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.kernel.Ids;
import java.time.Instant;

/** A group of users. Written {@code grp_…} (see {@link Ids}); a plain string in JSON. */
public record GroupId(@JsonValue String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    @JsonCreator
    public GroupId {
        Ids.requireWellFormed(value);
    }

    /** A new id that sorts by the given time. */
    public static GroupId next(Instant now) {
        return new GroupId(Ids.next("grp", now));
    }

    @Override
    public String toString() {
        return value;
    }
}
