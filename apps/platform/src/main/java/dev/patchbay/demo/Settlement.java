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

/** Whoever sets the demo's agency up: connects, binds and maps as people do over the API. What is so already stays. */
@Component
@ConditionalOnProperty(name = "patchbay.environment", havingValue = "dev")
final class Settlement {

    private static final String SYSTEM = "system";

    private final ConnectedAccounts accounts;
    private final Connections connections;
    private final PortBindings bindings;
    private final Routes routes;

    Settlement(ConnectedAccounts accounts, Connections connections, PortBindings bindings, Routes routes) {
        this.accounts = accounts;
        this.connections = connections;
        this.bindings = bindings;
        this.routes = routes;
    }

    /** Connects by keys; what is connected already is brought to where the sandbox is now, and everything is tried. */
    void connect(TenantId tenant, List<NewAccount> all) {
        var known = accounts.list(tenant, 100, "").items().stream()
                .map(ConnectionView::id)
                .collect(Collectors.toSet());
        for (NewAccount one : all) {
            ConnectionId id = Objects.requireNonNull(one.id());
            if (known.contains(id)) {
                connections.register(
                        tenant,
                        new NewConnection(
                                id,
                                one.provider(),
                                one.name(),
                                Objects.requireNonNull(one.baseUrl()),
                                one.settings(),
                                one.secrets(),
                                one.ingressKey()));
            } else {
                accounts.connect(tenant, SYSTEM, one);
            }
        }
        known.forEach(id -> accounts.test(tenant, id));
    }

    void map(TenantId tenant, Map<Source, ClientId> sources) {
        sources.forEach((source, client) -> {
            boolean so = connections
                    .findRoutedClient(tenant, source.connectionId(), source.kind(), source.externalId())
                    .equals(Optional.of(client));
            if (!so) {
                routes.map(tenant, SYSTEM, source, client);
            }
        });
    }

    void bind(TenantId tenant, List<BindingView> wanted) {
        var known = bindings.list(TenantScope.of(tenant));
        for (BindingView one : wanted) {
            if (!known.contains(one)) {
                bindings.bind(
                        tenant,
                        SYSTEM,
                        Optional.ofNullable(one.clientId()).map(ClientId::new),
                        one.port(),
                        one.connectionId(),
                        one.settings());
            }
        }
    }
}
