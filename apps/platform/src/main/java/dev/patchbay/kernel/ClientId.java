package dev.patchbay.kernel;

import java.util.Optional;

/** A client: a business that the agency serves. */
public record ClientId(String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    public ClientId {
        Ids.requireWellFormed(value);
    }

    /** The id, when the text can be one. */
    public static Optional<ClientId> parse(String text) {
        try {
            return Optional.of(new ClientId(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
