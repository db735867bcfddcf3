package dev.patchbay.iam;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.kernel.Ids;
import java.time.Instant;
import java.util.Optional;

/**
 * The id of a service token with which a program calls the API. It is written {@code tok_…} (see {@link Ids}) and is a plain
 * string in JSON.
 */
public record TokenId(@JsonValue String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    @JsonCreator
    public TokenId {
        Ids.requireWellFormed(value);
    }

    /** Returns a new id that sorts by the given time. */
    public static TokenId next(Instant now) {
        return new TokenId(Ids.next("tok", now));
    }

    /** Returns the id, or empty when the text is not well-formed. */
    public static Optional<TokenId> parse(String text) {
        try {
            return Optional.of(new TokenId(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
