package dev.patchbay.connections;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import java.net.URI;

/**
 * The addresses to which providers send webhooks. An address is a secret that anybody who knows it can send to, so it is
 * shown only to people who may connect accounts, and it can be moved. The previous address is accepted until it is retired,
 * so that no webhook is lost while the provider learns the new one. An unknown connection, or one whose provider sends no
 * webhooks, is a {@link Problem} of status 404.
 */
public interface WebhookAddresses {

    /** @param previousAccepted whether webhooks to the previous address are still accepted */
    record WebhookAddress(URI url, boolean previousAccepted) {}

    /** The present address of the connection. */
    WebhookAddress get(TenantId tenant, ConnectionId connectionId);

    /** Generates a new address. The present one becomes the previous one, and the one before it is accepted no longer. */
    WebhookAddress move(TenantId tenant, String actor, ConnectionId connectionId);

    /** From now on only the present address is accepted, on every process within five seconds. */
    WebhookAddress retirePrevious(TenantId tenant, String actor, ConnectionId connectionId);
}
