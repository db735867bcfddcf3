package dev.patchbay.connections.internal;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.BoundConnection;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.Connections;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.connections.ProviderUnreachable;
import dev.patchbay.connections.ReconnectRequired;
import dev.patchbay.connections.RouteMapped;
import dev.patchbay.connections.Routes.Source;
import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Finds and opens connections, with short caches over PostgreSQL and tokens that are valid for the call ahead. */
@Component
final class ConnectionService implements Connections {

    /** A token that expires earlier is refreshed before use, because it must outlive the call. */
    private static final Duration MIN_TOKEN_LIFETIME = Duration.ofSeconds(60);

    /** Webhooks may see a connection or route of up to this age after another process has changed it. */
    private static final Duration WEBHOOK_CACHE_LIFETIME = Duration.ofSeconds(5);

    /**
     * Calls may see a binding of up to this age after another process has changed it; every step of every run reads a binding.
     */
    private static final Duration BINDING_CACHE_LIFETIME = Duration.ofSeconds(2);

    private record AccountKey(TenantId tenant, ConnectionId connectionId) {}

    private record BindingKey(TenantScope scope, String port) {}

    private record StoredBinding(StoredConnection connection, JsonNode settings) {}

    private record RouteKey(TenantId tenant, Source source) {}

    private final Tenancy tenancy;
    private final ConnectionRepository connectionRepository;
    private final SecretRepository secretRepository;
    private final BindingRepository bindingRepository;
    private final RouteRepository routeRepository;
    private final TokenRefresh tokenRefresh;
    private final OutageRegistry outages;
    private final ProviderRegistry providers;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final PositiveCache<AccountKey, Account> accounts;
    private final PositiveCache<BindingKey, StoredBinding> bindings;
    private final PositiveCache<RouteKey, ClientId> routedClients;
    private final WebhookAddressCache addresses;

    ConnectionService(
            Tenancy tenancy,
            ConnectionRepository connectionRepository,
            SecretRepository secretRepository,
            BindingRepository bindingRepository,
            RouteRepository routeRepository,
            WebhookAddressRepository addressRepository,
            TokenRefresh tokenRefresh,
            OutageRegistry outages,
            ProviderRegistry providers,
            ApplicationEventPublisher events,
            Clock clock) {
        this.tenancy = tenancy;
        this.connectionRepository = connectionRepository;
        this.secretRepository = secretRepository;
        this.bindingRepository = bindingRepository;
        this.routeRepository = routeRepository;
        this.tokenRefresh = tokenRefresh;
        this.outages = outages;
        this.providers = providers;
        this.events = events;
        this.clock = clock;
        this.accounts = new PositiveCache<>(clock, WEBHOOK_CACHE_LIFETIME);
        this.bindings = new PositiveCache<>(clock, BINDING_CACHE_LIFETIME);
        this.routedClients = new PositiveCache<>(clock, WEBHOOK_CACHE_LIFETIME);
        this.addresses = new WebhookAddressCache(addressRepository, tenancy, clock);
    }

    @Override
    public void register(TenantId tenant, NewConnection connection) {
        change(tenant, () -> connectionRepository.put(tenant, connection));
    }

    @Override
    public void reconnect(TenantId tenant, ConnectionId connectionId, Map<String, String> secrets) {
        change(tenant, () -> {
            secrets.forEach((name, secret) -> secretRepository.put(tenant, connectionId, name, secret));
            connectionRepository.changeState(tenant, connectionId, ConnectionState.TESTING);
        });
    }

    @Override
    public void markUnhealthy(TenantId tenant, ConnectionId connectionId, String sentence) {
        change(
                tenant,
                () -> connectionRepository.changeState(tenant, connectionId, ConnectionState.UNHEALTHY, sentence));
    }

    @Override
    public void bind(TenantScope scope, String port, ConnectionId connectionId, JsonNode settings) {
        tenancy.inTenant(scope.tenant(), () -> bindingRepository.bind(scope, port, connectionId, settings));
        bindings.invalidateAll();
    }

    @Override
    public Set<ClientId> findClientsWithoutBinding(TenantId tenant, Set<ClientId> clients, String port) {
        return tenancy.inTenant(tenant, () -> bindingRepository.findClientsWithoutBinding(tenant, clients, port));
    }

    @Override
    public Optional<BoundConnection> findBound(TenantScope scope, String port) {
        TokenRefresh.requireNoTransaction();
        return bindings.find(new BindingKey(scope, port), () -> loadBinding(scope, port))
                .map(binding -> new BoundConnection(prepare(binding.connection()), binding.settings()));
    }

    private Optional<StoredBinding> loadBinding(TenantScope scope, String port) {
        TenantId tenant = scope.tenant();
        return tenancy.inTenant(
                tenant,
                () -> bindingRepository
                        .findEffective(scope, port)
                        .map(binding -> new StoredBinding(
                                connectionRepository
                                        .find(tenant, binding.connectionId())
                                        .orElseThrow(),
                                binding.settings())));
    }

    @Override
    public Account loadReady(TenantId tenant, ConnectionId connectionId) {
        TokenRefresh.requireNoTransaction();
        var stored = findStored(tenant, connectionId).orElseThrow(() -> unknown(connectionId));
        requireNoOutage(stored.account());
        return prepare(stored);
    }

    private Optional<StoredConnection> findStored(TenantId tenant, ConnectionId connectionId) {
        return tenancy.inTenant(tenant, () -> connectionRepository.find(tenant, connectionId));
    }

    private static NoSuchElementException unknown(ConnectionId connectionId) {
        return new NoSuchElementException("there is no connection " + connectionId);
    }

    @Override
    public List<WebhookEndpoint> findUsable(String provider) {
        return tenancy.throughDefinerFunction(() -> connectionRepository.findUsable(provider));
    }

    private Account prepare(StoredConnection connection) {
        Account account = connection.account();
        connection.unusableReason().ifPresent(sentence -> {
            throw new ReconnectRequired(sentence);
        });
        if (!tokenRefresh.speaksOAuth(account) || !tokenExpiresSoon(connection)) {
            return account;
        }
        requireNoOutage(account);
        return refresh(account.tenant(), account.connectionId(), this::tokenExpiresSoon);
    }

    /** Leaves a provider alone that does not answer. */
    private void requireNoOutage(Account account) {
        if (outages.isAway(account.tenant(), account.connectionId())) {
            throw new ProviderUnreachable(
                    account.connectionId(),
                    "%s does not answer; it is asked again when a self-test succeeds."
                            .formatted(providers.title(account.provider())),
                    null);
        }
    }

    boolean tokenExpiresSoon(StoredConnection connection) {
        Instant earliest = clock.instant().plus(MIN_TOKEN_LIFETIME);
        return connection.tokenExpiresAt().map(earliest::isAfter).orElse(true);
    }

    @Override
    public Account refreshToken(TenantId tenant, ConnectionId connectionId, String rejectedAccessToken) {
        Account account = findStored(tenant, connectionId).orElseThrow().account();
        if (!tokenRefresh.speaksOAuth(account)) {
            String sentence = "%s no longer accepts the account's credentials; enter them again."
                    .formatted(providers.get(account.provider()).title());
            markUnhealthy(tenant, connectionId, sentence);
            throw new ReconnectRequired(sentence);
        }
        return refresh(
                tenant,
                connectionId,
                stored -> rejectedAccessToken.equals(stored.account().secret(SecretNames.ACCESS_TOKEN)));
    }

    private Account refresh(TenantId tenant, ConnectionId connectionId, Predicate<StoredConnection> isStale) {
        try {
            return tokenRefresh.refreshIf(tenant, connectionId, isStale);
        } finally {
            // A new token changes the connection, and so does a refusal.
            accounts.invalidateAll();
            bindings.invalidateAll();
        }
    }

    @Override
    public Account load(TenantId tenant, ConnectionId connectionId) {
        return accounts.find(
                        new AccountKey(tenant, connectionId),
                        () -> findStored(tenant, connectionId).map(StoredConnection::account))
                .orElseThrow(() -> unknown(connectionId));
    }

    @Override
    public Optional<WebhookEndpoint> findWebhookEndpoint(String provider, String key) {
        return addresses.find(provider, key);
    }

    @Override
    public void mapRoute(TenantId tenant, ConnectionId connectionId, String kind, String externalId, ClientId client) {
        var source = new Source(connectionId, kind, externalId);
        tenancy.inTenant(tenant, () -> routeRepository.put(tenant, source, client));
        publishRouteMapped(tenant, source, client);
    }

    /** Announces a mapped route after the commit, so that consumers read again the events that wait for it. */
    void publishRouteMapped(TenantId tenant, Source source, ClientId client) {
        routedClients.invalidateAll();
        events.publishEvent(new RouteMapped(tenant, source.connectionId(), source.kind(), source.externalId(), client));
    }

    @Override
    public Optional<ClientId> findRoutedClient(
            TenantId tenant, ConnectionId connectionId, String kind, String externalId) {
        var source = new Source(connectionId, kind, externalId);
        return routedClients.find(
                new RouteKey(tenant, source),
                () -> tenancy.inTenant(tenant, () -> routeRepository.findClient(tenant, source)));
    }

    private void change(TenantId tenant, Runnable change) {
        tenancy.inTenant(tenant, change);
        invalidateCaches();
    }

    /** Clears the caches after a committed change, so that this process sees the change at once. */
    void invalidateCaches() {
        accounts.invalidateAll();
        bindings.invalidateAll();
        routedClients.invalidateAll();
        addresses.invalidate();
    }
}
