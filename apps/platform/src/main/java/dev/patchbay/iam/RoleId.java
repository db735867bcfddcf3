package dev.patchbay.iam;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.kernel.Ids;
import java.time.Instant;

/**
 * The id of a role: the name of a system role ({@code tenant-admin}), or {@code rol_…} for a custom role. It is a plain string
 * in JSON.
 */
public record RoleId(@JsonValue String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    @JsonCreator
    public RoleId {
        Ids.requireWellFormed(value);
    }

    /** Returns a new id for a custom role; it sorts by the given time. */
    public static RoleId next(Instant now) {
        return new RoleId(Ids.next("rol", now));
    }

    @Override
    public String toString() {
        return value;
    }
}
