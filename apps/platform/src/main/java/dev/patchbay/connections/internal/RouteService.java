package dev.patchbay.connections.internal;

import dev.patchbay.connections.Routes;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where people say whose an agent, number, location or customer is. */
@Component
final class RouteService implements Routes {

    private final Tenancy tenancy;
    private final JdbcClient jdbc;
    private final ConnectionViewRepository views;
    private final BindingRepository bindingRepository;
    private final ConnectionService connections;
    private final ChangeAudit audit;

    RouteService(
            Tenancy tenancy,
            JdbcClient jdbc,
            ConnectionViewRepository views,
            BindingRepository bindingRepository,
            ConnectionService connections,
            ChangeAudit audit) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.views = views;
        this.bindingRepository = bindingRepository;
        this.connections = connections;
        this.audit = audit;
    }

    @Override
    public Page<Route> list(TenantId tenant, int limit, String after) {
        return Page.of(
                tenancy.inTenant(
                        tenant,
                        () -> jdbc.sql("""
                                SELECT connection_id, kind, external_id, client_id FROM patchbay.route
                                WHERE tenant_id = :tenant
                                  AND (connection_id || ' ' || kind || ' ' || external_id) COLLATE "C" > :after
                                ORDER BY (connection_id || ' ' || kind || ' ' || external_id) COLLATE "C"
                                LIMIT :limit""")
                                .param("tenant", tenant.value())
                                .param("after", after)
                                .param("limit", limit + 1)
                                .query((row, number) -> new Route(
                                        row.getString("connection_id"),
                                        row.getString("kind"),
                                        row.getString("external_id"),
                                        row.getString("client_id")))
                                .list()),
                limit,
                route -> route.connectionId() + " " + route.kind() + " " + route.externalId());
    }

    @Override
    public void map(TenantId tenant, String actor, Source source, ClientId client) {
        tenancy.inTenant(tenant, () -> {
            views.get(tenant, source.connectionId());
            ClientId before = owner(tenant, source);
            bindingRepository.route(tenant, source.connectionId(), source.kind(), source.externalId(), client);
            told(TenantScope.of(tenant, client), actor, "route.mapped", source, before, client);
        });
        connections.routed(tenant, source.connectionId(), source.kind(), source.externalId(), client);
    }

    @Override
    public void unmap(TenantId tenant, String actor, Source source) {
        tenancy.inTenant(tenant, () -> {
            ClientId before = owner(tenant, source);
            if (before != null) {
                bindingRepository.unroute(tenant, source.connectionId(), source.kind(), source.externalId());
                told(TenantScope.of(tenant, before), actor, "route.unmapped", source, before, null);
            }
        });
        connections.forget();
    }

    private @Nullable ClientId owner(TenantId tenant, Source source) {
        return bindingRepository
                .findRoute(tenant, source.connectionId(), source.kind(), source.externalId())
                .orElse(null);
    }

    private void told(
            TenantScope scope,
            String actor,
            String action,
            Source source,
            @Nullable ClientId before,
            @Nullable ClientId after) {
        audit.changed(
                scope,
                actor,
                action,
                "connection/" + source.connectionId() + "/" + source.kind() + "/" + source.externalId(),
                before,
                after);
    }
}
