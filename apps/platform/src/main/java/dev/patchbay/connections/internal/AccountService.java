package dev.patchbay.connections.internal;

import dev.patchbay.connections.ConnectedAccounts;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.Dependent;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.connections.spi.ConnectionDependents;
import dev.patchbay.connections.spi.Provider;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Connects, changes and disconnects accounts, and audits each change. */
@Component
final class AccountService implements ConnectedAccounts {

    private final Tenancy tenancy;
    private final ConnectionRepository connectionRepository;
    private final SecretRepository secretRepository;
    private final ConnectionViewRepository views;
    private final BindingRepository bindings;
    private final ConnectionValidator validator;
    private final ProviderRegistry providers;
    private final OAuthApps apps;
    private final HealthChecks healthChecks;
    private final ConnectionService connections;
    private final List<ConnectionDependents> dependents;
    private final ProviderResources resources;
    private final ChangeAudit audit;
    private final Clock clock;

    AccountService(
            Tenancy tenancy,
            ConnectionRepository connectionRepository,
            SecretRepository secretRepository,
            ConnectionViewRepository views,
            BindingRepository bindings,
            ConnectionValidator validator,
            ProviderRegistry providers,
            OAuthApps apps,
            HealthChecks healthChecks,
            ConnectionService connections,
            List<ConnectionDependents> dependents,
            ProviderResources resources,
            ChangeAudit audit,
            Clock clock) {
        this.tenancy = tenancy;
        this.connectionRepository = connectionRepository;
        this.secretRepository = secretRepository;
        this.views = views;
        this.bindings = bindings;
        this.validator = validator;
        this.providers = providers;
        this.apps = apps;
        this.healthChecks = healthChecks;
        this.connections = connections;
        this.dependents = dependents;
        this.resources = resources;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public Page<ConnectionView> list(TenantId tenant, int limit, String after) {
        return Page.of(
                tenancy.inTenant(tenant, () -> views.list(tenant, limit + 1, after)),
                limit,
                view -> view.id().value());
    }

    @Override
    public ConnectionView get(TenantId tenant, ConnectionId connectionId) {
        return tenancy.inTenant(tenant, () -> views.get(tenant, connectionId));
    }

    @Override
    public ConnectionView connect(TenantId tenant, String actor, NewAccount account) {
        Provider provider = providers.get(account.provider());
        URI baseUrl = Optional.ofNullable(account.baseUrl()).orElse(provider.baseUrl());
        ObjectNode settings = OAuthApps.defaultSettings(provider, baseUrl);
        settings.setAll((ObjectNode) account.settings());
        validator.requireValid(account, baseUrl, settings);
        ConnectionId id = account.id() == null ? ConnectionId.next(clock.instant()) : account.id();
        inTransaction(tenant, () -> {
            if (connectionRepository.find(tenant, id).isPresent()) {
                throw new Problem(ProblemType.CONNECTION_STATE_CONFLICT, "There is a connection " + id + " already.");
            }
            connectionRepository.put(
                    tenant,
                    new NewConnection(
                            id,
                            account.provider(),
                            account.name(),
                            baseUrl,
                            settings,
                            account.secrets(),
                            account.ingressKey()
                                    .filter(key -> !key.isEmpty())
                                    .or(() -> validator.generateIngressKey(provider))));
            updateState(tenant, id, settings);
            return auditChange(tenant, actor, "connection.connected", id, null);
        });
        return test(tenant, id);
    }

    /** A connection with all its secrets is to be tested; without, it waits for them. */
    private void updateState(TenantId tenant, ConnectionId id, JsonNode settings) {
        var account = connectionRepository.find(tenant, id).orElseThrow().account();
        Set<String> missing = new TreeSet<>(validator.requiredSecrets(account.provider(), settings));
        missing.removeAll(account.secrets().keySet());
        if (apps.isGrantedToInstallation(account)) {
            missing.remove(SecretNames.CLIENT_SECRET);
        }
        if (missing.isEmpty()) {
            connectionRepository.changeState(tenant, id, ConnectionState.TESTING);
        } else {
            connectionRepository.changeState(
                    tenant,
                    id,
                    ConnectionState.NEEDS_SECRET,
                    "Enter " + String.join(" and ", missing) + "; the connection cannot be used without it.");
        }
    }

    @Override
    public ConnectionView change(
            TenantId tenant,
            String actor,
            ConnectionId connectionId,
            @Nullable String name,
            @Nullable JsonNode settings) {
        ConnectionView after = inTransaction(tenant, () -> {
            ConnectionView before = views.get(tenant, connectionId);
            JsonNode newSettings = settings == null ? before.settings() : settings;
            validator.requireValidSettings(before.provider(), newSettings);
            connectionRepository.updateNameAndSettings(
                    tenant, connectionId, name == null ? before.name() : validator.requireValidName(name), newSettings);
            if (!newSettings.equals(before.settings()) && before.state() != ConnectionState.DISCONNECTED) {
                updateState(tenant, connectionId, newSettings);
            }
            return auditChange(tenant, actor, "connection.changed", connectionId, before);
        });
        return after.state() == ConnectionState.TESTING ? test(tenant, connectionId) : after;
    }

    @Override
    public ConnectionView enterSecrets(
            TenantId tenant, String actor, ConnectionId connectionId, Map<String, String> secrets) {
        inTransaction(tenant, () -> {
            ConnectionView before = views.get(tenant, connectionId);
            validator.requireValidSecrets(before.provider(), before.settings(), secrets);
            secrets.forEach((name, secret) -> secretRepository.put(tenant, connectionId, name, secret));
            updateState(tenant, connectionId, before.settings());
            return auditChange(tenant, actor, "connection.secrets_entered", connectionId, before);
        });
        return test(tenant, connectionId);
    }

    @Override
    public ConnectionView promoteSecret(TenantId tenant, String actor, ConnectionId connectionId, String name) {
        return inTransaction(tenant, () -> {
            ConnectionView before = views.get(tenant, connectionId);
            String next = requireSecret(tenant, connectionId, name + SecretNames.NEXT);
            String present = requireSecret(tenant, connectionId, name);
            secretRepository.put(tenant, connectionId, name, next);
            secretRepository.put(tenant, connectionId, name + SecretNames.NEXT, present);
            return auditChange(tenant, actor, "connection.secret_promoted", connectionId, before);
        });
    }

    @Override
    public ConnectionView retireSecret(TenantId tenant, String actor, ConnectionId connectionId, String name) {
        return inTransaction(tenant, () -> {
            ConnectionView before = views.get(tenant, connectionId);
            secretRepository.delete(tenant, connectionId, name + SecretNames.NEXT);
            return auditChange(tenant, actor, "connection.secret_retired", connectionId, before);
        });
    }

    private String requireSecret(TenantId tenant, ConnectionId connectionId, String name) {
        return secretRepository
                .find(tenant, connectionId, name)
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND, "There is no secret " + name + " here."));
    }

    @Override
    public ConnectionView test(TenantId tenant, ConnectionId connectionId) {
        healthChecks.check(tenant, connectionId);
        return get(tenant, connectionId);
    }

    @Override
    public List<ResourceView> listResources(TenantId tenant, ConnectionId connectionId, String kind) {
        return resources.list(tenant, get(tenant, connectionId), kind);
    }

    @Override
    public List<Dependent> findDependents(TenantId tenant, ConnectionId connectionId) {
        return tenancy.inTenant(tenant, () -> {
            views.get(tenant, connectionId);
            return bindings.findServedClients(tenant, connectionId).entrySet().stream()
                    .flatMap(served -> dependents.stream()
                            .flatMap(one -> one.findDependents(tenant, served.getKey(), served.getValue()).stream()))
                    .toList();
        });
    }

    @Override
    public ConnectionView disconnect(TenantId tenant, String actor, ConnectionId connectionId) {
        return inTransaction(tenant, () -> {
            ConnectionView before = views.get(tenant, connectionId);
            String[] names = before.secrets().stream().map(SecretView::name).toArray(String[]::new);
            secretRepository.delete(tenant, connectionId, names);
            secretRepository.delete(tenant, connectionId, SecretNames.ACCESS_TOKEN);
            connectionRepository.changeState(
                    tenant,
                    connectionId,
                    ConnectionState.DISCONNECTED,
                    "%s was disconnected; connect it again to use it.".formatted(before.name()));
            return auditChange(tenant, actor, "connection.disconnected", connectionId, before);
        });
    }

    private ConnectionView auditChange(
            TenantId tenant, String actor, String action, ConnectionId id, @Nullable ConnectionView before) {
        ConnectionView after = views.get(tenant, id);
        audit.recordChange(TenantScope.of(tenant), actor, action, "connection/" + id, before, after);
        return after;
    }

    private ConnectionView inTransaction(TenantId tenant, Supplier<ConnectionView> change) {
        ConnectionView after = tenancy.inTenant(tenant, change);
        connections.invalidateCaches();
        return after;
    }
}
