package dev.patchbay.ingress.dispatch;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.EventId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Events that are not done: waiting, being dispatched, failed, or without a client. */
@Component
public class Backlog {

    private final Tenancy tenancy;
    private final BacklogRepository repository;

    Backlog(Tenancy tenancy, BacklogRepository repository) {
        this.tenancy = tenancy;
        this.repository = repository;
    }

    /**
     * The events of a client that have the same status, which is not {@code done}.
     *
     * @param clientId empty for events of the tenant itself and for events without a client
     * @param oldest when the one that has waited longest was received
     */
    public record WaitingEvents(Optional<String> clientId, String status, long events, Instant oldest) {}

    /**
     * A route that events wait for and that is mapped to no client.
     *
     * @param kind {@code agent}, {@code number}, {@code location} or {@code customer}
     * @param externalId the provider's id of it
     * @param events the number of events that wait for it
     */
    public record UnmappedRoute(
            ConnectionId connectionId, String kind, String externalId, long events, EventId firstEventId) {}

    /** The unfinished events by client and status. */
    public List<WaitingEvents> countUnfinished(TenantScope scope) {
        return tenancy.inTenant(scope.tenant(), () -> repository.countUnfinished(scope));
    }

    /** The unmapped routes, those with the most events first. */
    public List<UnmappedRoute> listUnmappedRoutes(TenantId tenant, int limit) {
        return tenancy.inTenant(tenant, () -> repository.listUnmappedRoutes(tenant, limit));
    }
}
