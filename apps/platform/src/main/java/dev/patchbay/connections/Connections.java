package dev.patchbay.connections;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Accounts at providers: which serves whom, and how to speak to it. Secrets are sealed whenever they rest. */
public interface Connections {

    /** Registers a connection, or changes the one of that id. */
    void register(TenantId tenant, NewConnection connection);

    /** Gives a connection new secrets after a person connected it again: it is healthy from here on. */
    void reconnect(TenantId tenant, String connectionId, Map<String, String> secrets);

    /**
     * Says which connection serves a port ({@code crm}, {@code calendar}, {@code messaging}).
     *
     * @param scope one client, or the tenant for all its clients without a binding of their own
     */
    void bind(TenantScope scope, String port, String connectionId, JsonNode settings);

    /** Those of the clients whom nothing serves for the port. Looks at bindings only, not at the health of what is bound. */
    Set<ClientId> findClientsWithoutBinding(TenantId tenant, Set<ClientId> clients, String port);

    /**
     * What serves the port for the scope's client; empty when nothing was bound. Renews an access token that has less
     * than a minute left, so it is not called inside a transaction.
     *
     * @throws ReconnectRequired when a person has to connect again
     * @throws ProviderUnreachable when the provider could not be asked for a token
     */
    Optional<BoundConnection> findBound(TenantScope scope, String port);

    /**
     * The account with a token other than the one the provider rejected: renewed now, unless somebody else already did.
     *
     * @throws ReconnectRequired when a person has to connect again
     * @throws ProviderUnreachable when the provider could not be asked for a token
     */
    Account refreshToken(TenantId tenant, String connectionId, String rejectedAccessToken);

    /**
     * The account as it is stored, a few seconds old at most: for verifying webhooks, not for calling out.
     *
     * @throws NoSuchElementException when the tenant has no such connection
     */
    Account load(TenantId tenant, String connectionId);

    /**
     * The account ready for use, whoever it serves: as {@link #findBound} gives it, by the connection's id.
     *
     * @throws NoSuchElementException when the tenant has no such connection
     * @throws ReconnectRequired when a person has to connect again
     * @throws ProviderUnreachable when the provider could not be asked for a token
     */
    Account loadReady(TenantId tenant, String connectionId);

    /** Every connection of that provider that can be used, whosever it is; through a door between tenants. */
    List<WebhookEndpoint> findUsable(String provider);

    /** Stops the connection from being used until it is connected again, and says why. */
    void markUnhealthy(TenantId tenant, String connectionId, String sentence);

    /** Whose webhook address this is; a few seconds old at most. */
    Optional<WebhookEndpoint> findWebhookEndpoint(String provider, String key);

    /** Says whom a provider's agent, location, number or customer belongs to, and publishes {@link RouteMapped}. */
    void mapRoute(TenantId tenant, String connectionId, String kind, String externalId, ClientId client);

    /** Whom it belongs to; a few seconds old at most. */
    Optional<ClientId> findRoutedClient(TenantId tenant, String connectionId, String kind, String externalId);
}
