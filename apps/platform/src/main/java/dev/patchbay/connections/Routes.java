package dev.patchbay.connections;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;

/** Whose a provider's agent, number, location or customer is: by it what arrives finds its client. */
public interface Routes {

    /** @param kind {@code agent}, {@code number}, {@code location} or {@code customer} */
    record Source(String connectionId, String kind, String externalId) {}

    record Route(String connectionId, String kind, String externalId, String clientId) {}

    /** By connection, kind and id, after the given cursor; empty text starts at the first. */
    Page<Route> list(TenantId tenant, int limit, String after);

    /**
     * Says whose it is. What waited for it goes to the client ({@link RouteMapped}).
     *
     * @throws Problem {@code 404.connection_not_found}
     */
    void map(TenantId tenant, String actor, Source source, ClientId client);

    /** Says that it is nobody's: what arrives from it waits, on every process within five seconds. */
    void unmap(TenantId tenant, String actor, Source source);
}
