package dev.patchbay.connections;

import dev.patchbay.connections.ConnectedAccounts.ConnectionView;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Connecting accounts by their owner's consent: begun by whoever may connect accounts, opened in a browser, finished when the
 * provider sends that browser back. Each step happens once, within ten minutes. What does not succeed is a {@link Problem}
 * {@code 403.consent_refused} with a sentence, and changes nothing.
 */
public interface OAuthConnect {

    /** What the sandbox's apps are called, after the provider's name; their secret is none, since nothing is behind them. */
    String SANDBOX_APP = "-demo";

    String SANDBOX_SECRET = "known-to-everybody";

    /** Who the installation itself is. */
    String SYSTEM = "system";

    /**
     * @param actor a user's or service token's id, or {@link #SYSTEM}
     * @param session the only session that may go on; empty: whoever has the address
     */
    record Initiator(TenantId tenant, String actor, Optional<String> session) {}

    /** @param id chosen by whoever connects; null makes one */
    record ConnectRequest(@Nullable String id, String provider, String name, ObjectNode settings) {}

    /** The address at which a browser goes on; whoever has it can, once. */
    record ConnectLink(String provider, String ticket) {

        @Override
        public String toString() {
            return "Ticket[" + provider + "]";
        }
    }

    /**
     * For an account that is not connected yet. One that turns out to be is given the new access.
     *
     * @throws Problem {@code 422.connection_invalid} with every problem found
     */
    ConnectLink startConnect(Initiator initiator, ConnectRequest connectRequest);

    /**
     * For the account of a known connection, and no other.
     *
     * @throws Problem {@code 404.connection_not_found}, {@code 409.connection_state_conflict}
     */
    ConnectLink startReconnect(Initiator initiator, String connectionId);

    /**
     * @param to the provider's page
     * @param secret what the browser keeps until it comes back
     */
    record ProviderRedirect(URI location, String browserSecret) {

        @Override
        public String toString() {
            return "Opened";
        }
    }

    /** @param who sent the request, as far as anybody is known */
    ProviderRedirect openLink(ConnectLink connectLink, Optional<Identity> who);

    /** What the provider sent the browser back with; empty texts for what it did not say. */
    record OAuthCallback(String provider, String state, String code, String error) {

        @Override
        public String toString() {
            return "Back[" + provider + "]";
        }
    }

    /** @param secret what the browser kept; empty text for nothing */
    ConnectionView complete(String secret, OAuthCallback oAuthCallback, Optional<Identity> who);
}
