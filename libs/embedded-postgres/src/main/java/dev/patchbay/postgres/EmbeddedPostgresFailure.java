package dev.patchbay.postgres;

import java.io.Serial;

/**
 * The embedded server could not be unpacked, started, adopted or stopped. The message is for the operator: what happened, where,
 * and what to do. It ends with the last lines of the server's log, if there is one.
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
