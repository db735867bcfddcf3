package dev.patchbay.connections;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which connection serves a port, for one client or for all who have no binding of their own; every change is audited. */
public interface PortBindings {

    /** @param clientId null for the tenant's own, which serves whoever has none */
    record BindingView(@Nullable String clientId, String port, String connectionId, JsonNode settings) {}

    /** Those of the scope's clients, and the tenant's, by client and port. */
    List<BindingView> list(TenantScope scope);

    /**
     * Binds, in place of what was bound before.
     *
     * @param client empty: for the tenant
     * @throws Problem {@code 422.connection_invalid} when the provider does not serve the port, the settings do not fit, or the
     *     account does not hold what they name
     */
    BindingView bind(
            TenantId tenant,
            String actor,
            Optional<ClientId> client,
            String port,
            String connectionId,
            JsonNode settings);

    /** Removes a binding, if there is one. */
    void unbind(TenantId tenant, String actor, Optional<ClientId> client, String port);
}
