package dev.patchbay.connections;

import dev.patchbay.connections.ConnectedAccounts.ConnectionView;
import dev.patchbay.iam.access.Identity;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Connects accounts by their owner's consent (OAuth 2.0 authorization code grant, RFC 6749, section 4.1, with PKCE, RFC 7636).
 * A caller that may connect accounts gets a link; a browser opens it and is sent to the provider; the provider's callback
 * completes the connection. Each step happens once, within ten minutes. A failed step is a {@link Problem}
 * {@code 403.consent_refused} with a sentence, and changes nothing.
 */
public interface OAuthConnect {

    /** Suffix of the sandbox's client ids, after the provider's name. Their secret is public: they give access to nothing. */
    String SANDBOX_APP = "-demo";

    String SANDBOX_SECRET = "known-to-everybody";

    /** The actor that stands for the installation itself. */
    String SYSTEM = "system";

    /**
     * The caller that starts a connection.
     *
     * @param actor a user's or service token's id, or {@link #SYSTEM}
     * @param session the only session that may continue; empty when any browser with the link may
     */
    record Initiator(TenantId tenant, String actor, Optional<String> session) {}

    /** @param id null generates one */
    record ConnectRequest(@Nullable ConnectionId id, String provider, String name, ObjectNode settings) {}

    /** The link that a browser opens to continue. The ticket works once. */
    record ConnectLink(String provider, String ticket) {

        @Override
        public String toString() {
            return "ConnectLink[" + provider + "]";
        }
    }

    /**
     * Starts connecting an account. An account that turns out to be connected already gets the new access instead.
     *
     * @throws Problem {@code 422.connection_invalid} with every problem found
     */
    ConnectLink startConnect(Initiator initiator, ConnectRequest connectRequest);

    /**
     * Starts reconnecting the account of a connection, and no other account.
     *
     * @throws Problem {@code 404.connection_not_found}, {@code 409.connection_state_conflict}
     */
    ConnectLink startReconnect(Initiator initiator, ConnectionId connectionId);

    /**
     * @param location the provider's authorization page
     * @param browserSecret kept in a cookie until the browser returns
     */
    record ProviderRedirect(URI location, String browserSecret) {

        @Override
        public String toString() {
            return "ProviderRedirect";
        }
    }

    /** @param identity of the request that opened the link; empty when nobody is signed in */
    ProviderRedirect openLink(ConnectLink connectLink, Optional<Identity> identity);

    /** The parameters that the provider sent the browser back with (RFC 6749, section 4.1.2); empty texts for absent ones. */
    record OAuthCallback(String provider, String state, String code, String error) {

        @Override
        public String toString() {
            return "OAuthCallback[" + provider + "]";
        }
    }

    /** @param browserSecret from the browser's cookie; empty text when it has none */
    ConnectionView complete(String browserSecret, OAuthCallback callback, Optional<Identity> identity);
}
