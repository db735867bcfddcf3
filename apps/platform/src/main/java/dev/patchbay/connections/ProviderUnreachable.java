package dev.patchbay.connections;

import dev.patchbay.kernel.ConnectionId;
import org.jspecify.annotations.Nullable;

/** The provider could not be asked for an access token; a later attempt may succeed. */
public class ProviderUnreachable extends RuntimeException {

    private final ConnectionId connectionId;

    public ProviderUnreachable(ConnectionId connectionId, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.connectionId = connectionId;
    }

    /** Returns the connection whose token was needed. */
    public ConnectionId connectionId() {
        return connectionId;
    }
}
