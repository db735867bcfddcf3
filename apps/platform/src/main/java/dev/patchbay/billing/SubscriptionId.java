package dev.patchbay.billing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.kernel.Ids;
import java.time.Instant;
import java.util.Optional;

/** The id of a subscription, written {@code sub_…} (see {@link Ids}); a plain string in JSON. */
public record SubscriptionId(@JsonValue String value) {

    @JsonCreator
    public SubscriptionId {
        Ids.requireWellFormed(value);
    }

    /** Returns a new id that sorts by the given time. */
    public static SubscriptionId next(Instant now) {
        return new SubscriptionId(Ids.next("sub", now));
    }

    /** Returns the id, or empty when the text cannot be an id. */
    public static Optional<SubscriptionId> parse(String text) {
        try {
            return Optional.of(new SubscriptionId(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
