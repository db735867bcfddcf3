package dev.patchbay.connections.internal;

import dev.patchbay.connections.ConnectedAccounts.ConnectionView;
import dev.patchbay.connections.ConnectedAccounts.ResourceView;
import dev.patchbay.connections.PortBindings;
import dev.patchbay.connections.internal.BindingRepository.Binding;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Where people say which account serves whom. */
@Component
final class BindingService implements PortBindings {

    private record Named(String setting, String kind) {}

    /** What a binding's settings name must be in the account. */
    private static final Map<String, Named> NAMED =
            Map.of("calendar", new Named("calendarId", "calendar"), "messaging", new Named("from", "number"));

    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final ConnectionViewRepository views;
    private final BindingRepository bindingRepository;
    private final ProviderRegistry providerRegistry;
    private final ProviderResources providerResources;
    private final ConnectionService connections;
    private final ChangeAudit audit;

    BindingService(
            Tenancy tenancy,
            JdbcClient jdbc,
            ConnectionViewRepository views,
            BindingRepository bindingRepository,
            ProviderRegistry providerRegistry,
            ProviderResources providerResources,
            ConnectionService connections,
            ChangeAudit audit) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.views = views;
        this.bindingRepository = bindingRepository;
        this.providerRegistry = providerRegistry;
        this.providerResources = providerResources;
        this.connections = connections;
        this.audit = audit;
    }

    @Override
    public List<BindingView> list(TenantScope scope) {
        return tenancy.inTenant(
                scope.tenant(),
                () -> jdbc.sql("""
                        SELECT nullif(client_id, '') AS client_id, port, connection_id, settings FROM patchbay.binding
                        WHERE tenant_id = :tenant
                          AND (:scoped::text[] IS NULL OR client_id = '' OR client_id = ANY (:scoped))
                        ORDER BY binding.client_id, port""")
                        .param("tenant", scope.tenant().value())
                        .param("scoped", scope.scoped())
                        .query((row, number) -> new BindingView(
                                row.getString("client_id"),
                                row.getString("port"),
                                row.getString("connection_id"),
                                Json.read(row.getString("settings"))))
                        .list());
    }

    @Override
    public BindingView bind(
            TenantId tenant,
            String actor,
            Optional<ClientId> client,
            String port,
            String connectionId,
            JsonNode settings) {
        ConnectionView connection = tenancy.inTenant(tenant, () -> views.get(tenant, connectionId));
        if (!providerRegistry.get(connection.provider()).ports().contains(port)) {
            ConnectionValidator.refuse(List.of("port: " + connection.provider() + " does not serve " + port));
        }
        ConnectionValidator.refuse(providerRegistry.bindingProblems(connection.provider(), port, settings));
        Optional.ofNullable(NAMED.get(port)).ifPresent(named -> requireHeld(tenant, connection, named, settings));
        tenancy.inTenant(tenant, () -> {
            TenantScope scope = scope(tenant, client);
            Binding before = bindingRepository.own(scope, port).orElse(null);
            bindingRepository.bind(scope, port, connectionId, settings);
            audit.changed(scope, actor, "binding.set", "binding/" + port, before, new Binding(connectionId, settings));
        });
        connections.forget();
        return new BindingView(client.map(ClientId::value).orElse(null), port, connectionId, settings);
    }

    private void requireHeld(TenantId tenant, ConnectionView connection, Named named, JsonNode settings) {
        String wanted = settings.path(named.setting()).asString("");
        boolean held = providerResources.list(tenant, connection, named.kind()).stream()
                .map(ResourceView::id)
                .anyMatch(wanted::equals);
        if (!held) {
            ConnectionValidator.refuse(List.of("settings/%s: the account holds no such %s; list them with %s"
                    .formatted(
                            named.setting(),
                            named.kind(),
                            "GET /api/v1/connections/" + connection.id() + "/resources?kind=" + named.kind())));
        }
    }

    @Override
    public void unbind(TenantId tenant, String actor, Optional<ClientId> client, String port) {
        TenantScope scope = scope(tenant, client);
        tenancy.inTenant(
                tenant,
                () -> bindingRepository.own(scope, port).ifPresent(before -> {
                    bindingRepository.unbind(scope, port);
                    audit.changed(scope, actor, "binding.removed", "binding/" + port, before, null);
                }));
        connections.forget();
    }

    private static TenantScope scope(TenantId tenant, Optional<ClientId> client) {
        return client.map(one -> TenantScope.of(tenant, one)).orElseGet(() -> TenantScope.of(tenant));
    }
}
