package dev.patchbay.connections;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Binds connections to ports, for one client or for all clients without a binding of their own. Every change is audited. */
public interface PortBindings {

    /** @param clientId the client; null for the tenant's binding, which serves every client without one of its own */
    record BindingView(@Nullable String clientId, String port, ConnectionId connectionId, JsonNode settings) {}

    /** Returns the bindings of the scope's clients and of the tenant, sorted by client and port. */
    List<BindingView> list(TenantScope scope);

    /**
     * Returns a page of the bindings within the scope, sorted by client and port.
     *
     * @param after the cursor of the page before; empty text starts at the first
     */
    Page<BindingView> list(TenantScope scope, int limit, String after);

    /**
     * Binds a connection to a port, in place of the present binding.
     *
     * @param client empty for the tenant's binding
     * @throws Problem {@code 422.connection_invalid} when the provider does not serve the port, the settings do not fit, or the
     *     account has no resource that they name
     */
    BindingView bind(
            TenantId tenant,
            String actor,
            Optional<ClientId> client,
            String port,
            ConnectionId connectionId,
            JsonNode settings);

    /** Removes a binding, if there is one. */
    void unbind(TenantId tenant, String actor, Optional<ClientId> client, String port);
}
