package dev.patchbay.demo;

import dev.patchbay.connections.ConnectedAccounts;
import dev.patchbay.connections.ConnectedAccounts.ConnectionView;
import dev.patchbay.connections.ConnectedAccounts.NewAccount;
import dev.patchbay.connections.Connections;
import dev.patchbay.connections.NewConnection;
import dev.patchbay.connections.PortBindings;
import dev.patchbay.connections.PortBindings.BindingView;
import dev.patchbay.connections.Routes;
import dev.patchbay.connections.Routes.Source;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Connects, binds and maps the demo's accounts, as a person would over the API; what is set up already stays. */
@Component
@ConditionalOnProperty(name = "patchbay.environment", havingValue = "dev")
final class DemoSetup {

    private static final String SYSTEM = "system";

    private final ConnectedAccounts accounts;
    private final Connections connections;
    private final PortBindings bindings;
    private final Routes routes;

    DemoSetup(ConnectedAccounts accounts, Connections connections, PortBindings bindings, Routes routes) {
        this.accounts = accounts;
        this.connections = connections;
        this.bindings = bindings;
        this.routes = routes;
    }

    /** Connects accounts by keys. Existing connections get the present address of the sandbox, and each is tested. */
    void connect(TenantId tenant, List<NewAccount> all) {
        var existing = accounts.list(tenant, 100, "").items().stream()
                .map(ConnectionView::id)
                .collect(Collectors.toSet());
        for (NewAccount account : all) {
            ConnectionId id = Objects.requireNonNull(account.id());
            if (existing.contains(id)) {
                connections.register(
                        tenant,
                        new NewConnection(
                                id,
                                account.provider(),
                                account.name(),
                                Objects.requireNonNull(account.baseUrl()),
                                account.settings(),
                                account.secrets(),
                                account.ingressKey()));
            } else {
                accounts.connect(tenant, SYSTEM, account);
            }
        }
        existing.forEach(id -> accounts.test(tenant, id));
    }

    void map(TenantId tenant, Map<Source, ClientId> sources) {
        sources.forEach((source, client) -> {
            boolean mapped = connections
                    .findRoutedClient(tenant, source.connectionId(), source.kind(), source.externalId())
                    .equals(Optional.of(client));
            if (!mapped) {
                routes.map(tenant, SYSTEM, source, client);
            }
        });
    }

    void bind(TenantId tenant, List<BindingView> all) {
        var existing = bindings.list(TenantScope.of(tenant));
        for (BindingView binding : all) {
            if (!existing.contains(binding)) {
                bindings.bind(
                        tenant,
                        SYSTEM,
                        Optional.ofNullable(binding.clientId()).map(ClientId::new),
                        binding.port(),
                        binding.connectionId(),
                        binding.settings());
            }
        }
    }
}
