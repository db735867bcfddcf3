package dev.patchbay.connections.internal;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.BoundConnection;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.Connections;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.connections.ReconnectRequired;
import dev.patchbay.connections.RouteMapped;
import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.connections.internal.ConnectionRepository.Stored;
import dev.patchbay.kernel.ClientId;
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
import java.util.function.Supplier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The front door over PostgreSQL. */
@Component
final class ConnectionService implements Connections {

    /** A token with less than this left is renewed before use: it must outlive the call it is for. */
    private static final Duration ENOUGH = Duration.ofSeconds(60);

    /** How old an answer about webhooks may be when another process changed it. */
    private static final Duration KEPT = Duration.ofSeconds(5);

    /** How old what serves a client may be when another process changed it: every step of every run asks. */
    private static final Duration KEPT_FOR_CALLS = Duration.ofSeconds(2);

    private record Key(String first, String second) {}

    private record Served(TenantScope scope, String port) {}

    private record Serving(Stored stored, JsonNode settings) {}

    private record Owned(TenantId tenant, String connectionId, String kind, String externalId) {}

    private final Tenancy tenancy;
    private final ConnectionRepository rows;
    private final BindingRepository bindingRepository;
    private final TokenRefresh tokenRefresh;
    private final Clock clock;
    private final PositiveCache<Key, Account> opened;
    private final WebhookAddressCache addresses;
    private final PositiveCache<Owned, ClientId> owners;
    private final PositiveCache<Served, Serving> serving;
    private final ApplicationEventPublisher published;

    ConnectionService(
            Tenancy tenancy,
            ConnectionRepository rows,
            BindingRepository bindingRepository,
            TokenRefresh tokenRefresh,
            ApplicationEventPublisher published,
            Clock clock) {
        this.tenancy = tenancy;
        this.rows = rows;
        this.bindingRepository = bindingRepository;
        this.tokenRefresh = tokenRefresh;
        this.clock = clock;
        this.opened = new PositiveCache<>(clock, KEPT);
        this.addresses = new WebhookAddressCache(rows, tenancy, clock);
        this.owners = new PositiveCache<>(clock, KEPT);
        this.serving = new PositiveCache<>(clock, KEPT_FOR_CALLS);
        this.published = published;
    }

    @Override
    public void register(TenantId tenant, NewConnection connection) {
        change(tenant, () -> rows.put(tenant, connection));
    }

    @Override
    public void reconnect(TenantId tenant, String connectionId, Map<String, String> secrets) {
        change(tenant, () -> {
            secrets.forEach((name, secret) -> rows.putSecret(tenant, connectionId, name, secret, null));
            rows.move(tenant, connectionId, ConnectionState.TESTING, null);
        });
    }

    @Override
    public void markUnhealthy(TenantId tenant, String connectionId, String sentence) {
        change(tenant, () -> rows.move(tenant, connectionId, ConnectionState.UNHEALTHY, sentence));
    }

    @Override
    public void bind(TenantScope scope, String port, String connectionId, JsonNode settings) {
        tenancy.inTenant(scope.tenant(), () -> bindingRepository.bind(scope, port, connectionId, settings));
        serving.forgetAll();
    }

    @Override
    public Set<ClientId> findClientsWithoutBinding(TenantId tenant, Set<ClientId> clients, String port) {
        return inTenant(tenant, () -> bindingRepository.unbound(tenant, clients, port));
    }

    @Override
    public Optional<BoundConnection> findBound(TenantScope scope, String port) {
        TokenRefresh.requireNoTransaction();
        return serving.find(new Served(scope, port), () -> serving(scope, port))
                .map(found -> new BoundConnection(ready(found.stored()), found.settings()));
    }

    private Optional<Serving> serving(TenantScope scope, String port) {
        TenantId tenant = scope.tenant();
        return inTenant(
                tenant,
                () -> bindingRepository
                        .find(scope, port)
                        .map(binding -> new Serving(
                                rows.find(tenant, binding.connectionId()).orElseThrow(), binding.settings())));
    }

    @Override
    public Account loadReady(TenantId tenant, String connectionId) {
        TokenRefresh.requireNoTransaction();
        return ready(inTenant(tenant, () -> rows.find(tenant, connectionId))
                .orElseThrow(() -> new NoSuchElementException("there is no connection " + connectionId)));
    }

    @Override
    public List<WebhookEndpoint> findUsable(String provider) {
        return tenancy.throughDoor(() -> rows.usable(provider));
    }

    private Account ready(Stored stored) {
        Account account = stored.account();
        stored.unhealthy().ifPresent(sentence -> {
            throw new ReconnectRequired(sentence);
        });
        return tokenRefresh.speaksOAuth(account) && endsSoon(stored)
                ? renew(account.tenant(), account.connectionId(), this::endsSoon)
                : account;
    }

    boolean endsSoon(Stored stored) {
        Instant enough = clock.instant().plus(ENOUGH);
        return stored.tokenUntil().map(enough::isAfter).orElse(true);
    }

    @Override
    public Account refreshToken(TenantId tenant, String connectionId, String rejectedAccessToken) {
        Account account = inTenant(tenant, () -> rows.find(tenant, connectionId))
                .orElseThrow()
                .account();
        if (!tokenRefresh.speaksOAuth(account)) {
            String sentence = "%s no longer accepts the credentials of the connection %s; enter them again."
                    .formatted(account.provider(), connectionId);
            markUnhealthy(tenant, connectionId, sentence);
            throw new ReconnectRequired(sentence);
        }
        return renew(
                tenant,
                connectionId,
                stored -> rejectedAccessToken.equals(stored.account().secret(ConnectionRepository.ACCESS_TOKEN)));
    }

    private Account renew(TenantId tenant, String connectionId, Predicate<Stored> stale) {
        try {
            return tokenRefresh.renew(tenant, connectionId, stale);
        } finally {
            // Whatever came of it, what was remembered is not so any more.
            opened.forgetAll();
            serving.forgetAll();
        }
    }

    @Override
    public Account load(TenantId tenant, String connectionId) {
        return opened.find(
                        new Key(tenant.value(), connectionId),
                        () -> inTenant(tenant, () -> rows.find(tenant, connectionId))
                                .map(Stored::account))
                .orElseThrow(() -> new NoSuchElementException("there is no connection " + connectionId));
    }

    @Override
    public Optional<WebhookEndpoint> findWebhookEndpoint(String provider, String key) {
        return addresses.find(provider, key);
    }

    @Override
    public void mapRoute(TenantId tenant, String connectionId, String kind, String externalId, ClientId client) {
        tenancy.inTenant(tenant, () -> bindingRepository.route(tenant, connectionId, kind, externalId, client));
        routed(tenant, connectionId, kind, externalId, client);
    }

    /** Once it rests: what is remembered of it goes, and what waited for it is told. */
    void routed(TenantId tenant, String connectionId, String kind, String externalId, ClientId client) {
        owners.forgetAll();
        published.publishEvent(new RouteMapped(tenant, connectionId, kind, externalId, client));
    }

    @Override
    public Optional<ClientId> findRoutedClient(TenantId tenant, String connectionId, String kind, String externalId) {
        return owners.find(
                new Owned(tenant, connectionId, kind, externalId),
                () -> inTenant(tenant, () -> bindingRepository.findRoute(tenant, connectionId, kind, externalId)));
    }

    private void change(TenantId tenant, Runnable change) {
        tenancy.inTenant(tenant, change);
        forget();
    }

    /** What was remembered may not be so any more. */
    void forget() {
        opened.forgetAll();
        serving.forgetAll();
        owners.forgetAll();
        addresses.forget();
    }

    private <T> T inTenant(TenantId tenant, Supplier<T> work) {
        return tenancy.inTenant(tenant, work);
    }
}
