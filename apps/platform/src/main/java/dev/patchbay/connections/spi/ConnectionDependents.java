package dev.patchbay.connections.spi;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import java.util.List;
import java.util.Set;

/** Implemented by whoever stops working when nothing serves a client's port any more. */
public interface ConnectionDependents {

    /** What of these clients uses the port. Called within the tenant's transaction. */
    List<Dependent> findDependents(TenantId tenant, String port, Set<ClientId> clients);

    /**
     * @param kind for example {@code flow}
     * @param name what people call it
     */
    record Dependent(String kind, String id, String name, String clientId, String port) {}
}
