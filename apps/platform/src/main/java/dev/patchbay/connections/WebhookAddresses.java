package dev.patchbay.connections;

import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import java.net.URI;

/**
 * Where providers send their webhooks. Whoever knows an address can knock, so it is shown to few and can be moved: the
 * one before is accepted until it is retired, so that nothing is lost while the provider learns the new one. A connection
 * that is not there, or whose provider sends nothing, is a {@link Problem} of status 404.
 */
public interface WebhookAddresses {

    /** @param previousAccepted whether webhooks to the address before this one are taken in as well */
    record WebhookAddress(URI url, boolean previousAccepted) {}

    WebhookAddress get(TenantId tenant, String connectionId);

    /** Makes a new address. The present one becomes the one before, and what was before it is accepted no longer. */
    WebhookAddress move(TenantId tenant, String actor, String connectionId);

    /** Only the present address is accepted from here on, on every process within five seconds. */
    WebhookAddress retirePrevious(TenantId tenant, String actor, String connectionId);
}
