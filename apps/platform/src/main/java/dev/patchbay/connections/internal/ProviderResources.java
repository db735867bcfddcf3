package dev.patchbay.connections.internal;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.ConnectedAccounts.ConnectionView;
import dev.patchbay.connections.ConnectedAccounts.ResourceView;
import dev.patchbay.connections.ProviderUnreachable;
import dev.patchbay.connections.ReconnectRequired;
import dev.patchbay.connections.spi.ResourceLister;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import java.util.List;
import org.springframework.stereotype.Component;

/** What accounts hold that can belong to a client, and to whom it does. */
@Component
final class ProviderResources {

    private final List<ResourceLister> directories;
    private final ConnectionService connections;

    ProviderResources(List<ResourceLister> directories, ConnectionService connections) {
        this.directories = directories;
        this.connections = connections;
    }

    List<ResourceView> list(TenantId tenant, ConnectionView connection, String kind) {
        ResourceLister resourceLister = directories.stream()
                .filter(one -> one.provider().name().equals(connection.provider())
                        && one.kinds().contains(kind))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        ProblemType.NOT_FOUND,
                        connection.provider() + " has nothing of the kind " + kind + " to list."));
        Account account = ready(tenant, connection.id());
        // A location's webhooks come through its app, which is where it is mapped.
        String told = account.settings().path("webhooksThrough").asString(connection.id());
        return resourceLister.list(account, kind).stream()
                .map(found -> new ResourceView(
                        found.id(),
                        found.name(),
                        connections
                                .findRoutedClient(tenant, told, kind, found.id())
                                .map(ClientId::value)
                                .orElse(null)))
                .toList();
    }

    private Account ready(TenantId tenant, String connectionId) {
        try {
            return connections.loadReady(tenant, connectionId);
        } catch (ReconnectRequired | ProviderUnreachable notNow) {
            throw new Problem(ProblemType.CONNECTION_STATE_CONFLICT, String.valueOf(notNow.getMessage()));
        }
    }
}
