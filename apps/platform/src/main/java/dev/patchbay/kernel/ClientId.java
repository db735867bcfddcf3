package dev.patchbay.kernel;

import java.util.Optional;

/** The id of a client, which is a business that the agency serves. */
public record ClientId(String value) {

    /** @throws IllegalArgumentException when the text cannot be an id ({@link Ids#requireWellFormed}) */
    public ClientId {
        Ids.requireWellFormed(value);
    }

    /** Returns the id, or empty when the text cannot be an id. */
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
