package dev.patchbay.connections;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Finds the connection that serves a client, and opens its account for a call. Stored secrets are always sealed. */
public interface Connections {

    /** Registers a connection, or changes the one with that id. */
    void register(TenantId tenant, NewConnection connection);

    /** Stores new secrets after a person reconnected the account; the connection becomes {@link ConnectionState#TESTING}. */
    void reconnect(TenantId tenant, ConnectionId connectionId, Map<String, String> secrets);

    /**
     * Binds a connection to a port ({@code crm}, {@code calendar}, {@code messaging}).
     *
     * @param scope one client, or the tenant for all its clients without a binding of their own
     */
    void bind(TenantScope scope, String port, ConnectionId connectionId, JsonNode settings);

    /** The clients that have no binding for the port, whatever the state of the connections bound for the others. */
    Set<ClientId> findClientsWithoutBinding(TenantId tenant, Set<ClientId> clients, String port);

    /**
     * The connection that serves the port for the scope's client; empty without a binding. Refreshes an access token that
     * expires within a minute, so it must not be called inside a transaction.
     *
     * @throws ReconnectRequired when a person has to reconnect the account
     * @throws ProviderUnreachable when the provider could not be asked for a token
     */
    Optional<BoundConnection> findBound(TenantScope scope, String port);

    /**
     * The account with another access token than the rejected one: refreshed now, unless another caller already did.
     *
     * @throws ReconnectRequired when a person has to reconnect the account
     * @throws ProviderUnreachable when the provider could not be asked for a token
     */
    Account refreshToken(TenantId tenant, ConnectionId connectionId, String rejectedAccessToken);

    /**
     * The account as stored, at most 5 s old: for verifying webhooks, not for calling the provider.
     *
     * @throws NoSuchElementException when the tenant has no such connection
     */
    Account load(TenantId tenant, ConnectionId connectionId);

    /**
     * The account ready for a call, as {@link #findBound} returns it, by the connection's id.
     *
     * @throws NoSuchElementException when the tenant has no such connection
     * @throws ReconnectRequired when a person has to reconnect the account
     * @throws ProviderUnreachable when the provider could not be asked for a token, or does not answer at present
     */
    Account loadReady(TenantId tenant, ConnectionId connectionId);

    /** Every usable connection of that provider, of all tenants; reads through a definer function. */
    List<WebhookEndpoint> findUsable(String provider);

    /** Stops the connection from being used until it is reconnected; {@code sentence} says why. */
    void markUnhealthy(TenantId tenant, ConnectionId connectionId, String sentence);

    /**
     * The connection behind a webhook address, at most 5 s old.
     *
     * @param key the random part of the address
     */
    Optional<WebhookEndpoint> findWebhookEndpoint(String provider, String key);

    /** Maps a provider's agent, location, number or customer to a client, and publishes {@link RouteMapped}. */
    void mapRoute(TenantId tenant, ConnectionId connectionId, String kind, String externalId, ClientId client);

    /** The client that it is mapped to, at most 5 s old. */
    Optional<ClientId> findRoutedClient(TenantId tenant, ConnectionId connectionId, String kind, String externalId);
}
