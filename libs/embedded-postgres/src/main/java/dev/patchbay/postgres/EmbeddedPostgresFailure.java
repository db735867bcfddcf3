package dev.patchbay.postgres;

import java.io.Serial;

/**
 * The embedded server could not be unpacked, started, adopted or stopped. The message is meant for the person at the
 * terminal: what happened, where, and what to do; it ends with the tail of the server's log where there is one.
 */
public final class EmbeddedPostgresFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    EmbeddedPostgresFailure(String message) {
        super(message);
    }

    EmbeddedPostgresFailure(String message, Throwable cause) {
        super(message + " (" + cause + ")", cause);
    }
}
