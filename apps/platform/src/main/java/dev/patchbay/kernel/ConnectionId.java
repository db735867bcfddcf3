package dev.patchbay.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Optional;

/** A connection: an account at a provider. Written {@code con_…} (see {@link Ids}); a plain string in JSON. */
public record ConnectionId(@JsonValue String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    @JsonCreator
    public ConnectionId {
        Ids.requireWellFormed(value);
    }

    /** A new id that sorts by the given time. */
    public static ConnectionId next(Instant now) {
        return new ConnectionId(Ids.next("con", now));
    }

    /** The id, when the text can be one. */
    public static Optional<ConnectionId> parse(String text) {
        try {
            return Optional.of(new ConnectionId(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
