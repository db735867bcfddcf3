package dev.patchbay.flows.internal.live;

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
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** The acts that no run carries, written down before they are begun, so that somebody finishes them. */
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

    /** Writes the act down, or finds it: what was asked for the first time is what is done, in whatever words it is repeated. */
    ActionRequest open(ActionRequest wanted) {
        TenantId tenant = wanted.key().tenant();
        JsonNode input = tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        INSERT INTO patchbay.live_act (tenant_id, origin, task, client_id, function, input, correlation_id, state, due_at)
                        VALUES (:tenant, :origin, :task, :client, :function, :input::jsonb, :correlation, 'open',
                                clock_timestamp() + :later * interval '1 ms')
                        ON CONFLICT (tenant_id, origin, task) DO UPDATE
                          SET state = 'open', due_at = excluded.due_at, tries = 0
                        RETURNING input""")
                        .param("tenant", tenant.value())
                        .param("origin", wanted.key().origin().text())
                        .param("task", wanted.key().taskName())
                        .param("client", wanted.client().value())
                        .param("function", wanted.function().name())
                        .param("input", Json.write(wanted.input()))
                        .param("correlation", wanted.correlation().value())
                        .param("later", settings.resumeAfter().toMillis())
                        .query((row, number) -> Json.read(row.getString("input")))
                        .single());
        return new ActionRequest(
                wanted.client(),
                wanted.zone(),
                wanted.correlation(),
                wanted.key(),
                wanted.place(),
                wanted.function(),
                input,
                wanted.window());
    }

    void settle(ActionRequest act) {
        TenantId tenant = act.key().tenant();
        tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        UPDATE patchbay.live_act SET state = 'settled'
                        WHERE tenant_id = :tenant AND origin = :origin AND task = :task""")
                        .param("tenant", tenant.value())
                        .param("origin", act.key().origin().text())
                        .param("task", act.key().taskName())
                        .update());
    }

    void expireHolds(int most) {
        tenancy.throughDoor(() -> jdbc.sql("SELECT patchbay.expire_holds(:most)")
                .param("most", most)
                .query((row, number) -> number)
                .list());
    }

    /** @param tries how often sweepers took it up, this time included */
    record Due(TenantId tenant, String origin, String task, int tries) {}

    /** What nobody finished, for this sweeper alone for a while. */
    List<Due> claim(int most) {
        return tenancy.throughDoor(() -> jdbc.sql("""
                        SELECT tenant_id, origin, task, tries
                        FROM patchbay.claim_live_acts(:most, :lease * interval '1 millisecond')""")
                .param("most", most)
                .param("lease", settings.resumeAfter().toMillis())
                .query((row, number) -> new Due(
                        new TenantId(row.getString("tenant_id")),
                        row.getString("origin"),
                        row.getString("task"),
                        row.getInt("tries")))
                .list());
    }

    ActionRequest find(Due due) {
        return tenancy.inTenant(
                due.tenant(),
                () -> jdbc.sql("""
                        SELECT client_id, function, input, correlation_id FROM patchbay.live_act
                        WHERE tenant_id = :tenant AND origin = :origin AND task = :task""")
                        .param("tenant", due.tenant().value())
                        .param("origin", due.origin())
                        .param("task", due.task())
                        .query((row, number) -> acting(due, row))
                        .single());
    }

    private ActionRequest acting(Due due, ResultSet row) throws SQLException {
        var client = clients.find(TenantScope.of(due.tenant()), new ClientId(row.getString("client_id")))
                .orElseThrow();
        var function = PortFunction.byName(row.getString("function"));
        return new ActionRequest(
                client.id(),
                client.zone(),
                new CorrelationId(row.getString("correlation_id")),
                new EffectKey(due.tenant(), EffectOrigin.of(due.origin()), due.task(), 0),
                function.name(),
                function,
                Json.read(row.getString("input")),
                settings.actWindow());
    }
}
