package dev.patchbay.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Optional;

/**
 * The id of a connection, which is an account at a provider. It is written {@code con_…} (see {@link Ids}) and is a plain
 * string in JSON.
 */
public record ConnectionId(@JsonValue String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    @JsonCreator
    public ConnectionId {
        Ids.requireWellFormed(value);
    }

    /** Returns a new id that sorts by the given time. */
    public static ConnectionId next(Instant now) {
        return new ConnectionId(Ids.next("con", now));
    }

    /** Returns the id, or empty when the text cannot be an id. */
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
