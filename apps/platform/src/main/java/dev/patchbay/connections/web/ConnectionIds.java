package dev.patchbay.connections.web;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;

/** Reads connection ids from requests. */
final class ConnectionIds {

    private ConnectionIds() {}

    /** @throws Problem {@code 404.connection_not_found} for a text that cannot be an id: no connection has it */
    static ConnectionId require(String text) {
        try {
            return new ConnectionId(text);
        } catch (IllegalArgumentException malformed) {
            throw new Problem(ProblemType.CONNECTION_NOT_FOUND, "There is no connection " + text + ".");
        }
    }
}
