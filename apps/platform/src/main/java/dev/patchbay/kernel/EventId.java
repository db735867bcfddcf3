package dev.patchbay.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Optional;

/** The id of a canonical event. It is written {@code evt_…} (see {@link Ids}) and is a plain string in JSON. */
public record EventId(@JsonValue String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    @JsonCreator
    public EventId {
        Ids.requireWellFormed(value);
    }

    /** Returns a new id that sorts by the given time. */
    public static EventId next(Instant now) {
        return new EventId(Ids.next("evt", now));
    }

    /** Returns the id, or empty when the text cannot be an id. */
    public static Optional<EventId> parse(String text) {
        try {
            return Optional.of(new EventId(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
