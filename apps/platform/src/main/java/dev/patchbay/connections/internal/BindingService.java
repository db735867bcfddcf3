package dev.patchbay.connections.internal;

import dev.patchbay.connections.ConnectedAccounts.ConnectionView;
import dev.patchbay.connections.ConnectedAccounts.ResourceView;
import dev.patchbay.connections.PortBindings;
import dev.patchbay.connections.internal.BindingRepository.Binding;
import dev.patchbay.connections.spi.BindingRule;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Binds connections to ports after checking that the provider and the account can serve them. */
@Component
final class BindingService implements PortBindings {

    private record ResourceSetting(String name, String kind) {}

    /** Names for each port the setting of its binding that must identify a resource of the account. */
    private static final Map<String, ResourceSetting> RESOURCE_SETTINGS = Map.of(
            "calendar", new ResourceSetting("calendarId", "calendar"),
            "messaging", new ResourceSetting("from", "number"));

    private final Tenancy tenancy;
    private final ConnectionViewRepository views;
    private final BindingRepository bindings;
    private final ProviderRegistry providers;
    private final ProviderResources resources;
    private final ConnectionService connections;
    private final List<BindingRule> rules;
    private final ChangeAudit audit;

    BindingService(
            Tenancy tenancy,
            ConnectionViewRepository views,
            BindingRepository bindings,
            ProviderRegistry providers,
            ProviderResources resources,
            ConnectionService connections,
            List<BindingRule> rules,
            ChangeAudit audit) {
        this.tenancy = tenancy;
        this.views = views;
        this.bindings = bindings;
        this.providers = providers;
        this.resources = resources;
        this.connections = connections;
        this.rules = rules;
        this.audit = audit;
    }

    @Override
    public List<BindingView> list(TenantScope scope) {
        return tenancy.inTenant(scope.tenant(), () -> bindings.list(scope, "", "", Integer.MAX_VALUE));
    }

    @Override
    public Page<BindingView> list(TenantScope scope, int limit, String after) {
        int slash = after.indexOf('/');
        String client = slash < 0 ? "" : after.substring(0, slash);
        return tenancy.inTenant(
                scope.tenant(),
                () -> Page.of(
                        bindings.list(scope, client, after.substring(slash + 1), limit + 1),
                        limit,
                        binding -> Objects.requireNonNullElse(binding.clientId(), "") + "/" + binding.port()));
    }

    @Override
    public BindingView bind(
            TenantId tenant,
            String actor,
            Optional<ClientId> client,
            String port,
            ConnectionId connectionId,
            JsonNode settings) {
        ConnectionView connection = tenancy.inTenant(tenant, () -> views.get(tenant, connectionId));
        if (!providers.get(connection.provider()).ports().contains(port)) {
            ConnectionValidator.requireNone(List.of("port: " + connection.provider() + " does not serve " + port));
        }
        ConnectionValidator.requireNone(providers.findBindingProblems(connection.provider(), port, settings));
        ConnectionValidator.requireNone(rules.stream()
                .filter(rule -> rule.port().equals(port))
                .flatMap(rule -> rule.findProblems(settings).stream())
                .map(problem -> "settings" + problem)
                .toList());
        Optional.ofNullable(RESOURCE_SETTINGS.get(port))
                .ifPresent(setting -> requireResource(tenant, connection, setting, settings));
        tenancy.inTenant(tenant, () -> {
            TenantScope scope = scope(tenant, client);
            Binding before = bindings.findExact(scope, port).orElse(null);
            bindings.bind(scope, port, connectionId, settings);
            audit.recordChange(
                    scope, actor, "binding.set", "binding/" + port, before, new Binding(connectionId, settings));
        });
        connections.invalidateCaches();
        return new BindingView(client.map(ClientId::value).orElse(null), port, connectionId, settings);
    }

    private void requireResource(
            TenantId tenant, ConnectionView connection, ResourceSetting setting, JsonNode settings) {
        String resourceId = settings.path(setting.name()).asString("");
        boolean exists = resources.list(tenant, connection, setting.kind()).stream()
                .map(ResourceView::id)
                .anyMatch(resourceId::equals);
        if (!exists) {
            ConnectionValidator.requireNone(List.of("settings/%s: the account holds no such %s; list them with %s"
                    .formatted(
                            setting.name(),
                            setting.kind(),
                            "GET /api/v1/connections/" + connection.id() + "/resources?kind=" + setting.kind())));
        }
    }

    @Override
    public void unbind(TenantId tenant, String actor, Optional<ClientId> client, String port) {
        TenantScope scope = scope(tenant, client);
        tenancy.inTenant(
                tenant,
                () -> bindings.findExact(scope, port).ifPresent(before -> {
                    bindings.unbind(scope, port);
                    audit.recordChange(scope, actor, "binding.removed", "binding/" + port, before, null);
                }));
        connections.invalidateCaches();
    }

    private static TenantScope scope(TenantId tenant, Optional<ClientId> client) {
        return client.map(one -> TenantScope.of(tenant, one)).orElseGet(() -> TenantScope.of(tenant));
    }
}
