package dev.patchbay.iam;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.patchbay.kernel.Ids;
import java.time.Instant;
import java.util.Optional;

/** A service token by which a program calls the API. Written {@code tok_…} (see {@link Ids}); a plain string in JSON. */
public record TokenId(@JsonValue String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    @JsonCreator
    public TokenId {
        Ids.requireWellFormed(value);
    }

    /** A new id that sorts by the given time. */
    public static TokenId next(Instant now) {
        return new TokenId(Ids.next("tok", now));
    }

    /** The id, when the text is well-formed. */
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
