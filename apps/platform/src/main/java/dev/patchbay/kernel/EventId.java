package dev.patchbay.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;

/** A canonical event. Written {@code evt_…} (see {@link Ids}); a plain string in JSON. */
public record EventId(@JsonValue String value) {

    @JsonCreator
    public EventId {
        Ids.requireWellFormed(value);
    }

    /** A new id that sorts by the given time. */
    public static EventId next(Instant now) {
        return new EventId(Ids.next("evt", now));
    }

    @Override
    public String toString() {
        return value;
    }
}
