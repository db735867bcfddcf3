package dev.patchbay.iam;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.kernel.Ids;
import java.time.Instant;

/** An invitation of a user by mail. Written {@code inv_…} (see {@link Ids}); a plain string in JSON. */
public record InvitationId(@JsonValue String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    @JsonCreator
    public InvitationId {
        Ids.requireWellFormed(value);
    }

    /** A new id that sorts by the given time. */
    public static InvitationId next(Instant now) {
        return new InvitationId(Ids.next("inv", now));
    }

    @Override
    public String toString() {
        return value;
    }
}
