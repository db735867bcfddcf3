package dev.patchbay.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Optional;

/** The id of a canonical event. Written {@code evt_…} (see {@link Ids}); a plain string in JSON. */
public record EventId(@JsonValue String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    @JsonCreator
    public EventId {
        Ids.requireWellFormed(value);
    }

    /** A new id that sorts by the given time. */
    public static EventId next(Instant now) {
        return new EventId(Ids.next("evt", now));
    }

    /** The id, when the text can be one. */
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
