package dev.patchbay.effects.internal.action;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.BoundConnection;
import dev.patchbay.connections.Connections;
import dev.patchbay.connections.ProviderUnreachable;
import dev.patchbay.connections.ReconnectRequired;
import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.spi.NotifyPort;
import dev.patchbay.effects.spi.Port;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Finds the connection that a client has bound to a port, and the adapter that speaks to its provider. */
record ConnectionResolver(Connections connections, AdapterRegistry adapters) {

    sealed interface Resolution {

        record Resolved(BoundConnection connection, Port adapter) implements Resolution {}

        /** @param sentence what a person has to bind */
        record Unbound(String sentence) implements Resolution {}
    }

    /**
     * @throws ReconnectRequired when the connection cannot be used until a person connects it again
     * @throws ProviderUnreachable when its access token cannot be renewed just now
     */
    Resolution resolve(ActionRequest request) {
        String port = request.function().portName();
        if (!request.function().needsConnection()) {
            return resolve(request, port, ownConnection(request.key().tenant()));
        }
        var bound = connections.findBound(TenantScope.of(request.key().tenant(), request.client()), port);
        if (bound.isEmpty()) {
            return new Resolution.Unbound(
                    "No account is bound to %s for the client %s, and %s needs one; bind a connection."
                            .formatted(
                                    port, request.client(), request.function().name()));
        }
        return resolve(request, port, bound.get());
    }

    private static BoundConnection ownConnection(TenantId tenant) {
        var account = new Account(
                new ConnectionId(NotifyPort.PATCHBAY),
                tenant,
                NotifyPort.PATCHBAY,
                URI.create("about:blank"),
                Json.object(),
                Map.of());
        return new BoundConnection(account, Json.object());
    }

    private Resolution resolve(ActionRequest request, String port, BoundConnection connection) {
        Optional<Port> adapter = adapters.find(port, connection.account().provider());
        if (adapter.isEmpty()) {
            return new Resolution.Unbound(
                    "The connection %s (%s) is bound to %s for the client %s, but cannot serve it; bind another."
                            .formatted(
                                    connection.account().connectionId(),
                                    connection.account().provider(),
                                    port,
                                    request.client()));
        }
        return new Resolution.Resolved(connection, adapter.get());
    }
}
