package dev.patchbay.connections;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import java.net.URI;

/**
 * Manages the addresses to which providers send webhooks. An address is a secret, because anybody who knows it can send to it;
 * so only people who may connect accounts see it, and it can be moved. The previous address is accepted until it is retired, so
 * that no webhook is lost while the provider learns the new one. An unknown connection, or one whose provider sends no
 * webhooks, is a {@link Problem} of status 404.
 */
public interface WebhookAddresses {

    /** @param previousAccepted whether webhooks to the previous address are still accepted */
    record WebhookAddress(URI url, boolean previousAccepted) {}

    /** Returns the present address of the connection. */
    WebhookAddress get(TenantId tenant, ConnectionId connectionId);

    /** Generates a new address. The present one becomes the previous one, and the one before that is no longer accepted. */
    WebhookAddress move(TenantId tenant, String actor, ConnectionId connectionId);

    /** Retires the previous address: within five seconds every process accepts only the present one. */
    WebhookAddress retirePrevious(TenantId tenant, String actor, ConnectionId connectionId);
}
