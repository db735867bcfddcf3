package dev.patchbay.livecalls.internal;

import dev.patchbay.effects.ActionRequest;
import dev.patchbay.effects.EffectKey;
import dev.patchbay.effects.EffectOrigin;
import dev.patchbay.effects.PortFunction;
import dev.patchbay.iam.tenants.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** The actions of live calls, stored before they start so that another process can finish them. */
@Repository
class LiveActionRepository {

    private final JdbcClient jdbc;
    private final Tenancy tenancy;
    private final Clients clients;
    private final LiveSettings settings;

    LiveActionRepository(JdbcClient jdbc, Tenancy tenancy, Clients clients, LiveSettings settings) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.clients = clients;
        this.settings = settings;
    }

    /** Stores the action as open. A repeat with other words gets the input of the first request, which is the one executed. */
    ActionRequest open(ActionRequest request) {
        TenantId tenant = request.key().tenant();
        JsonNode input = tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        INSERT INTO patchbay.live_act (tenant_id, origin, task, client_id, function, input, correlation_id, state, due_at)
                        VALUES (:tenant, :origin, :task, :client, :function, :input::jsonb, :correlation, :open,
                                clock_timestamp() + :delay * interval '1 ms')
                        ON CONFLICT (tenant_id, origin, task) DO UPDATE
                          SET state = :open, due_at = excluded.due_at, tries = 0
                        RETURNING input""")
                        .param("tenant", tenant.value())
                        .param("origin", request.key().origin().text())
                        .param("task", request.key().taskName())
                        .param("client", request.client().value())
                        .param("function", request.function().name())
                        .param("input", Json.write(request.input()))
                        .param("correlation", request.correlation().value())
                        .param("open", LiveActionState.OPEN.code())
                        .param("delay", settings.resumeDelay().toMillis())
                        .query((row, number) -> Json.read(row.getString("input")))
                        .single());
        return new ActionRequest(
                request.client(),
                request.zone(),
                request.locale(),
                request.correlation(),
                request.key(),
                request.place(),
                request.function(),
                input,
                request.window());
    }

    void settle(ActionRequest action) {
        TenantId tenant = action.key().tenant();
        tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        UPDATE patchbay.live_act SET state = :settled
                        WHERE tenant_id = :tenant AND origin = :origin AND task = :task AND state = ANY (:predecessors)""")
                        .param("tenant", tenant.value())
                        .param("origin", action.key().origin().text())
                        .param("task", action.key().taskName())
                        .param("settled", LiveActionState.SETTLED.code())
                        .param("predecessors", LiveActionState.SETTLED.predecessors())
                        .update());
    }

    /** Opens an action that releases each hold of any tenant whose time is over. */
    void openHoldReleases(int limit) {
        tenancy.throughDefinerFunction(() -> jdbc.sql("SELECT patchbay.expire_holds(:limit)")
                .param("limit", limit)
                .query((row, number) -> number)
                .list());
    }

    /** @param tries how often it was claimed, this time included */
    record DueAction(TenantId tenant, EffectOrigin origin, String task, int tries) {}

    /** Claims open actions of any tenant that are due; no other process gets them during the resume delay. */
    List<DueAction> claimDue(int limit) {
        return tenancy.throughDefinerFunction(() -> jdbc.sql("""
                        SELECT tenant_id, origin, task, tries
                        FROM patchbay.claim_live_acts(:limit, :lease * interval '1 millisecond')""")
                .param("limit", limit)
                .param("lease", settings.resumeDelay().toMillis())
                .query((row, number) -> new DueAction(
                        new TenantId(row.getString("tenant_id")),
                        EffectOrigin.of(row.getString("origin")),
                        row.getString("task"),
                        row.getInt("tries")))
                .list());
    }

    /** Those of the origins that have an action for the client. Joins the caller's transaction. */
    Set<EffectOrigin> findOrigins(TenantId tenant, ClientId client, Collection<EffectOrigin> origins) {
        return jdbc.sql("""
                        SELECT DISTINCT origin FROM patchbay.live_act
                        WHERE tenant_id = :tenant AND origin = ANY (:origins) AND client_id = :client""")
                .param("tenant", tenant.value())
                .param("origins", origins.stream().map(EffectOrigin::text).toArray(String[]::new))
                .param("client", client.value())
                .query((row, number) -> EffectOrigin.of(row.getString("origin")))
                .set();
    }

    ActionRequest find(DueAction due) {
        return tenancy.inTenant(
                due.tenant(),
                () -> jdbc.sql("""
                        SELECT client_id, function, input, correlation_id FROM patchbay.live_act
                        WHERE tenant_id = :tenant AND origin = :origin AND task = :task""")
                        .param("tenant", due.tenant().value())
                        .param("origin", due.origin().text())
                        .param("task", due.task())
                        .query((row, number) -> request(due, row))
                        .single());
    }

    private ActionRequest request(DueAction due, ResultSet row) throws SQLException {
        var client = clients.find(TenantScope.of(due.tenant()), new ClientId(row.getString("client_id")))
                .orElseThrow();
        var function = PortFunction.byName(row.getString("function"));
        return new ActionRequest(
                client.id(),
                client.zone(),
                client.locale(),
                new CorrelationId(row.getString("correlation_id")),
                new EffectKey(due.tenant(), due.origin(), due.task(), 0),
                function.name(),
                function,
                Json.read(row.getString("input")),
                settings.attemptTimeout());
    }
}
