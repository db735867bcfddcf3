package dev.patchbay.connections.internal;

import dev.patchbay.connections.Routes;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Maps sources to clients and audits each change. */
@Component
final class RouteService implements Routes {

    private final Tenancy tenancy;
    private final ConnectionViewRepository views;
    private final RouteRepository routes;
    private final ConnectionService connections;
    private final ChangeAudit audit;

    RouteService(
            Tenancy tenancy,
            ConnectionViewRepository views,
            RouteRepository routes,
            ConnectionService connections,
            ChangeAudit audit) {
        this.tenancy = tenancy;
        this.views = views;
        this.routes = routes;
        this.connections = connections;
        this.audit = audit;
    }

    @Override
    public Page<Route> list(TenantId tenant, int limit, String after) {
        return Page.of(
                tenancy.inTenant(tenant, () -> routes.list(tenant, limit + 1, after)), limit, RouteRepository::cursor);
    }

    @Override
    public Set<String> findNumbers(TenantId tenant, ClientId client) {
        return tenancy.inTenant(tenant, () -> Set.copyOf(routes.findExternalIds(tenant, client, "number")));
    }

    @Override
    public void map(TenantId tenant, String actor, Source source, ClientId client) {
        tenancy.inTenant(tenant, () -> {
            views.get(tenant, source.connectionId());
            ClientId before = routes.findClient(tenant, source).orElse(null);
            routes.put(tenant, source, client);
            auditChange(TenantScope.of(tenant, client), actor, "route.mapped", source, before, client);
        });
        connections.publishRouteMapped(tenant, source, client);
    }

    @Override
    public void unmap(TenantId tenant, String actor, Source source) {
        tenancy.inTenant(
                tenant,
                () -> routes.findClient(tenant, source).ifPresent(before -> {
                    routes.delete(tenant, source);
                    auditChange(TenantScope.of(tenant, before), actor, "route.unmapped", source, before, null);
                }));
        connections.invalidateCaches();
    }

    private void auditChange(
            TenantScope scope,
            String actor,
            String action,
            Source source,
            @Nullable ClientId before,
            @Nullable ClientId after) {
        audit.recordChange(
                scope,
                actor,
                action,
                "connection/" + source.connectionId() + "/" + source.kind() + "/" + source.externalId(),
                before,
                after);
    }
}
