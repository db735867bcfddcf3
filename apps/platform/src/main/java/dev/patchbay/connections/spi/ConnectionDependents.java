package dev.patchbay.connections.spi;

import dev.patchbay.connections.Dependent;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import java.util.List;
import java.util.Set;

/** Implemented by contexts with parts that stop working when a client's port is no longer served. */
public interface ConnectionDependents {

    /** Lists everything of these clients that uses the port. Called within the tenant's transaction. */
    List<Dependent> findDependents(TenantId tenant, String port, Set<ClientId> clients);
}
