package dev.patchbay.usage.records;

import dev.patchbay.connections.Routes;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.usage.spi.UsageStatement.Source;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Changes attributions for people. A mapping that is valid now is also the route of events. */
@Component
public class AttributionChange {

    private final Attributions attributions;
    private final AttributionRepository repository;
    private final Routes routes;
    private final Clients clients;
    private final ChangeAudit audit;
    private final Tenancy tenancy;
    private final Clock clock;

    AttributionChange(
            Attributions attributions,
            AttributionRepository repository,
            Routes routes,
            Clients clients,
            ChangeAudit audit,
            Tenancy tenancy,
            Clock clock) {
        this.attributions = attributions;
        this.repository = repository;
        this.routes = routes;
        this.clients = clients;
        this.audit = audit;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /** Returns all mappings of the tenant, sorted by connection, source and time. */
    public List<DatedAttribution> list(TenantId tenant) {
        return tenancy.inTenant(tenant, () -> repository.list(tenant));
    }

    /**
     * Attributes the source's usage to the client from that moment on, until its next mapping.
     *
     * @param client empty to end a mapping
     * @return the number of records that moved to another client
     * @throws Problem {@code 404.client_not_found}, {@code 404.connection_not_found}; {@code 400.malformed_request} for a
     *     moment in the future
     */
    public int map(
            TenantId tenant,
            String actor,
            ConnectionId connection,
            String kind,
            String externalId,
            Instant from,
            Optional<ClientId> client) {
        if (from.isAfter(clock.instant())) {
            throw new Problem(ProblemType.MALFORMED_REQUEST, "The member from must not lie in the future.");
        }
        if (client.isPresent()
                && clients.find(TenantScope.of(tenant), client.get()).isEmpty()) {
            throw new Problem(ProblemType.CLIENT_NOT_FOUND, "There is no client " + client.get() + ".");
        }
        var source = new Source(kind, externalId);
        int moved = attributions.map(
                tenant, connection, source, from, client.map(ClientId::value).orElse(""));
        tenancy.inTenant(
                tenant,
                () -> audit.recordChange(
                        TenantScope.of(tenant),
                        actor,
                        "usage.attributed",
                        "connection/" + connection + "/" + kind + "/" + externalId,
                        null,
                        from.toString() + client.map(id -> " " + id).orElse("")));
        if (attributions.isLast(tenant, connection, source, from)) {
            var route = new Routes.Source(connection, kind, externalId);
            client.ifPresentOrElse(
                    id -> routes.map(tenant, actor, route, id), () -> routes.unmap(tenant, actor, route));
        }
        return moved;
    }
}
