package dev.patchbay.iam;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.kernel.Ids;
import java.time.Instant;

/**
 * The id of an invitation that a user gets by mail. It is written {@code inv_…} (see {@link Ids}) and is a plain string in
 * JSON.
 */
public record InvitationId(@JsonValue String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    @JsonCreator
    public InvitationId {
        Ids.requireWellFormed(value);
    }

    /** Returns a new id that sorts by the given time. */
    public static InvitationId next(Instant now) {
        return new InvitationId(Ids.next("inv", now));
    }

    @Override
    public String toString() {
        return value;
    }
}
