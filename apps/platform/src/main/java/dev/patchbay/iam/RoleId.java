package dev.patchbay.iam;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.kernel.Ids;
import java.time.Instant;

/** A role: a system role's name ({@code tenant-admin}) or a custom role's id ({@code rol_…}); a plain string in JSON. */
public record RoleId(@JsonValue String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    @JsonCreator
    public RoleId {
        Ids.requireWellFormed(value);
    }

    /** A new id of a custom role, which sorts by the given time. */
    public static RoleId next(Instant now) {
        return new RoleId(Ids.next("rol", now));
    }

    @Override
    public String toString() {
        return value;
    }
}
