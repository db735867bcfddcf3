package dev.patchbay.connections.internal;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.ConnectedAccounts.ConnectionView;
import dev.patchbay.connections.ConnectedAccounts.ResourceView;
import dev.patchbay.connections.ProviderUnreachable;
import dev.patchbay.connections.ReconnectRequired;
import dev.patchbay.connections.spi.ResourceLister;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Lists an account's resources at the provider, each with the client that it is mapped to. */
@Component
final class ProviderResources {

    private final List<ResourceLister> listers;
    private final ConnectionService connections;

    ProviderResources(List<ResourceLister> listers, ConnectionService connections) {
        this.listers = listers;
        this.connections = connections;
    }

    List<ResourceView> list(TenantId tenant, ConnectionView connection, String kind) {
        ResourceLister lister = listers.stream()
                .filter(one -> one.provider().name().equals(connection.provider())
                        && one.kinds().contains(kind))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        ProblemType.NOT_FOUND,
                        connection.provider() + " has nothing of the kind " + kind + " to list."));
        Account account = loadReady(tenant, connection.id());
        String webhookConnection = account.settings()
                .path("webhooksThrough")
                .asString(connection.id().value());
        return lister.list(account, kind).stream()
                .map(resource -> new ResourceView(
                        resource.id(),
                        resource.name(),
                        findClient(tenant, webhookConnection, kind, resource.id())
                                .map(ClientId::value)
                                .orElse(null)))
                .toList();
    }

    /** A location's webhooks arrive at its app's connection, so its routes are mapped there. */
    private Optional<ClientId> findClient(TenantId tenant, String webhookConnection, String kind, String externalId) {
        try {
            return connections.findRoutedClient(tenant, new ConnectionId(webhookConnection), kind, externalId);
        } catch (IllegalArgumentException malformedSetting) {
            return Optional.empty();
        }
    }

    private Account loadReady(TenantId tenant, ConnectionId connectionId) {
        try {
            return connections.loadReady(tenant, connectionId);
        } catch (ReconnectRequired | ProviderUnreachable notNow) {
            throw new Problem(ProblemType.CONNECTION_STATE_CONFLICT, String.valueOf(notNow.getMessage()));
        }
    }
}
