package dev.patchbay.connections.internal;

import dev.patchbay.connections.OAuthConnect.Initiator;
import dev.patchbay.kernel.ConnectionId;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * An authorization that an owner has been asked for.
 *
 * @param connectionId the connection to reconnect, or the id of the one to create
 * @param name of the connection
 * @param settings of a new connection
 */
record PendingAuthorization(
        Initiator initiator,
        String provider,
        ConnectionId connectionId,
        Purpose purpose,
        String name,
        ObjectNode settings,
        State state) {

    enum Purpose {
        /** Connects any account; an account that is connected already gets the new access. */
        CONNECT,
        /** Accepts the account of that connection only. */
        RECONNECT
    }

    /** Each step happens once, so no state follows itself. */
    enum State {
        /** The link was handed out. */
        ISSUED,
        /** A browser opened the link and was sent to the provider. */
        OPENED,
        /** The provider's callback arrived; the row is deleted. */
        COMPLETED;

        boolean mayBecome(State next) {
            return successors().contains(next);
        }

        private Set<State> successors() {
            return switch (this) {
                case ISSUED -> Set.of(OPENED);
                case OPENED -> Set.of(COMPLETED);
                case COMPLETED -> Set.of();
            };
        }
    }
}
