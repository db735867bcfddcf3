package dev.patchbay.connections;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.TenantId;
import java.util.Set;

/** Maps a provider's agents, numbers, locations and customers to clients, so that incoming events find their client. */
public interface Routes {

    /** @param kind {@code agent}, {@code number}, {@code location} or {@code customer} */
    record Source(ConnectionId connectionId, String kind, String externalId) {}

    record Route(ConnectionId connectionId, String kind, String externalId, String clientId) {}

    /** Sorted by connection, kind and external id, after the given cursor; an empty text starts at the first. */
    Page<Route> list(TenantId tenant, int limit, String after);

    /** The phone numbers that lead to the client: its own. */
    Set<String> findNumbers(TenantId tenant, ClientId client);

    /**
     * Maps a source to a client. Events that wait for the mapping go to that client ({@link RouteMapped}).
     *
     * @throws Problem {@code 404.connection_not_found}
     */
    void map(TenantId tenant, String actor, Source source, ClientId client);

    /** Removes the mapping: events from the source wait, on every process within five seconds. */
    void unmap(TenantId tenant, String actor, Source source);
}
