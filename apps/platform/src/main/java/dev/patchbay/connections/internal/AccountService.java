package dev.patchbay.connections.internal;

import dev.patchbay.connections.ConnectedAccounts;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.connections.spi.ConnectionDependents;
import dev.patchbay.connections.spi.ConnectionDependents.Dependent;
import dev.patchbay.connections.spi.Provider;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.Ids;
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

/** Where people connect accounts, over the rows of connections. */
@Component
final class AccountService implements ConnectedAccounts {

    private final Tenancy tenancy;
    private final ConnectionRepository rows;
    private final ConnectionViewRepository views;
    private final BindingRepository bindingRepository;
    private final ConnectionValidator connectionValidator;
    private final ProviderRegistry providerRegistry;
    private final OAuthApps apps;
    private final HealthChecks tests;
    private final ConnectionService connections;
    private final List<ConnectionDependents> users;
    private final ProviderResources providerResources;
    private final ChangeAudit audit;
    private final Clock clock;

    AccountService(
            Tenancy tenancy,
            ConnectionRepository rows,
            ConnectionViewRepository views,
            BindingRepository bindingRepository,
            ConnectionValidator connectionValidator,
            ProviderRegistry providerRegistry,
            OAuthApps apps,
            HealthChecks tests,
            ConnectionService connections,
            List<ConnectionDependents> users,
            ProviderResources providerResources,
            ChangeAudit audit,
            Clock clock) {
        this.tenancy = tenancy;
        this.rows = rows;
        this.views = views;
        this.bindingRepository = bindingRepository;
        this.connectionValidator = connectionValidator;
        this.providerRegistry = providerRegistry;
        this.apps = apps;
        this.tests = tests;
        this.connections = connections;
        this.users = users;
        this.providerResources = providerResources;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public Page<ConnectionView> list(TenantId tenant, int limit, String after) {
        return Page.of(tenancy.inTenant(tenant, () -> views.list(tenant, limit + 1, after)), limit, ConnectionView::id);
    }

    @Override
    public ConnectionView get(TenantId tenant, String connectionId) {
        return tenancy.inTenant(tenant, () -> views.get(tenant, connectionId));
    }

    @Override
    public ConnectionView connect(TenantId tenant, String actor, NewAccount account) {
        Provider provider = providerRegistry.get(account.provider());
        URI base = Optional.ofNullable(account.baseUrl()).orElse(provider.baseUrl());
        ObjectNode settings = OAuthApps.defaults(provider, base);
        settings.setAll((ObjectNode) account.settings());
        connectionValidator.check(account, base, settings);
        String id = account.id() == null ? Ids.next("con", clock.instant()) : account.id();
        inOne(tenant, () -> {
            if (rows.find(tenant, id).isPresent()) {
                throw new Problem(ProblemType.CONNECTION_STATE_CONFLICT, "There is a connection " + id + " already.");
            }
            rows.put(
                    tenant,
                    new NewConnection(
                            id,
                            account.provider(),
                            account.name(),
                            base,
                            settings,
                            account.secrets(),
                            account.ingressKey()
                                    .filter(key -> !key.isEmpty())
                                    .or(() -> connectionValidator.ingressKey(provider))));
            settle(tenant, id, settings);
            return changed(tenant, actor, "connection.connected", id, null);
        });
        return test(tenant, id);
    }

    /** A connection without all it needs waits for it; with all, it is to be tested. */
    private void settle(TenantId tenant, String id, JsonNode settings) {
        var account = rows.find(tenant, id).orElseThrow().account();
        Set<String> missing = new TreeSet<>(connectionValidator.needed(account.provider(), settings));
        missing.removeAll(account.secrets().keySet());
        if (apps.isOurs(account)) {
            missing.remove(OAuthApps.CLIENT_SECRET);
        }
        if (missing.isEmpty()) {
            rows.move(tenant, id, ConnectionState.TESTING, null);
        } else {
            rows.move(
                    tenant,
                    id,
                    ConnectionState.NEEDS_SECRET,
                    "Enter " + String.join(" and ", missing) + "; without it nothing works.");
        }
    }

    @Override
    public ConnectionView change(
            TenantId tenant, String actor, String connectionId, @Nullable String name, @Nullable JsonNode settings) {
        ConnectionView after = inOne(tenant, () -> {
            ConnectionView before = views.get(tenant, connectionId);
            JsonNode wanted = settings == null ? before.settings() : settings;
            connectionValidator.checkSettings(before.provider(), wanted);
            rows.describe(tenant, connectionId, name == null ? before.name() : connectionValidator.name(name), wanted);
            if (!wanted.equals(before.settings()) && before.state() != ConnectionState.DISCONNECTED) {
                settle(tenant, connectionId, wanted);
            }
            return changed(tenant, actor, "connection.changed", connectionId, before);
        });
        return after.state() == ConnectionState.TESTING ? test(tenant, connectionId) : after;
    }

    @Override
    public ConnectionView enterSecrets(
            TenantId tenant, String actor, String connectionId, Map<String, String> secrets) {
        inOne(tenant, () -> {
            ConnectionView before = views.get(tenant, connectionId);
            connectionValidator.checkSecrets(before.provider(), before.settings(), secrets);
            secrets.forEach((name, secret) -> rows.putSecret(tenant, connectionId, name, secret, null));
            settle(tenant, connectionId, before.settings());
            return changed(tenant, actor, "connection.secrets_entered", connectionId, before);
        });
        return test(tenant, connectionId);
    }

    @Override
    public ConnectionView promoteSecret(TenantId tenant, String actor, String connectionId, String name) {
        return inOne(tenant, () -> {
            ConnectionView before = views.get(tenant, connectionId);
            String next = secret(tenant, connectionId, name + ConnectionRepository.NEXT);
            String present = secret(tenant, connectionId, name);
            rows.putSecret(tenant, connectionId, name, next, null);
            rows.putSecret(tenant, connectionId, name + ConnectionRepository.NEXT, present, null);
            return changed(tenant, actor, "connection.secret_promoted", connectionId, before);
        });
    }

    @Override
    public ConnectionView retireSecret(TenantId tenant, String actor, String connectionId, String name) {
        return inOne(tenant, () -> {
            ConnectionView before = views.get(tenant, connectionId);
            rows.forgetSecrets(tenant, connectionId, name + ConnectionRepository.NEXT);
            return changed(tenant, actor, "connection.secret_retired", connectionId, before);
        });
    }

    private String secret(TenantId tenant, String connectionId, String name) {
        return rows.secret(tenant, connectionId, name)
                .orElseThrow(() -> new Problem(ProblemType.NOT_FOUND, "There is no secret " + name + " here."));
    }

    @Override
    public ConnectionView test(TenantId tenant, String connectionId) {
        tests.test(tenant, connectionId);
        return get(tenant, connectionId);
    }

    @Override
    public List<ResourceView> listResources(TenantId tenant, String connectionId, String kind) {
        return providerResources.list(tenant, get(tenant, connectionId), kind);
    }

    @Override
    public List<Dependent> findDependents(TenantId tenant, String connectionId) {
        return tenancy.inTenant(tenant, () -> {
            views.get(tenant, connectionId);
            return bindingRepository.served(tenant, connectionId).entrySet().stream()
                    .flatMap(served -> users.stream()
                            .flatMap(user -> user.findDependents(tenant, served.getKey(), served.getValue()).stream()))
                    .toList();
        });
    }

    @Override
    public ConnectionView disconnect(TenantId tenant, String actor, String connectionId) {
        return inOne(tenant, () -> {
            ConnectionView before = views.get(tenant, connectionId);
            String[] all = before.secrets().stream().map(SecretView::name).toArray(String[]::new);
            rows.forgetSecrets(tenant, connectionId, all);
            rows.forgetSecrets(tenant, connectionId, ConnectionRepository.ACCESS_TOKEN);
            rows.move(
                    tenant,
                    connectionId,
                    ConnectionState.DISCONNECTED,
                    "%s was disconnected; connect it again to use it.".formatted(before.name()));
            return changed(tenant, actor, "connection.disconnected", connectionId, before);
        });
    }

    private ConnectionView changed(
            TenantId tenant, String actor, String action, String id, @Nullable ConnectionView before) {
        ConnectionView after = views.get(tenant, id);
        audit.changed(TenantScope.of(tenant), actor, action, "connection/" + id, before, after);
        return after;
    }

    private ConnectionView inOne(TenantId tenant, Supplier<ConnectionView> change) {
        ConnectionView after = tenancy.inTenant(tenant, change);
        connections.forget();
        return after;
    }
}
