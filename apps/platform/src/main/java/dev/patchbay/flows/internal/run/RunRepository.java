package dev.patchbay.flows.internal.run;

import dev.patchbay.flows.internal.definition.FlowRepository;
import dev.patchbay.iam.Clients;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** Runs as they begin: one for each flow and event, however often it is started. */
@Repository
public class RunRepository {

    private final JdbcClient jdbc;
    private final Tenancy tenancy;
    private final FlowRepository flows;
    private final Clients clients;

    RunRepository(JdbcClient jdbc, Tenancy tenancy, FlowRepository flows, Clients clients) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.flows = flows;
        this.clients = clients;
    }

    /**
     * What a run begins with; {@code eventId} is null for one that a person starts with an input.
     *
     * @param depth how many runs of ours led to its event; 0 for one from outside
     */
    public record NewRun(
            String runId,
            FlowRepository.StoredVersion flow,
            ClientId client,
            @Nullable String eventId,
            CorrelationId correlation,
            @Nullable String phone,
            JsonNode input,
            int depth) {}

    /** Stores the run, or finds the one this flow and event already have; call it in the tenant's transaction. */
    public String insert(TenantId tenant, NewRun run, Instant now) {
        return jdbc.sql("""
                        INSERT INTO patchbay.run AS known (tenant_id, run_id, flow_id, flow_name, version, client_id, event_id,
                                                  correlation_id, phone, status, input, depth, started_at)
                        VALUES (:tenant, :run, :flow, :name, :version, :client, :event, :correlation, :phone, 'running', :input::jsonb, :depth, :now)
                        ON CONFLICT (tenant_id, flow_id, event_id) DO UPDATE SET event_id = known.event_id
                        RETURNING run_id""")
                .param("tenant", tenant.value())
                .param("run", run.runId())
                .param("flow", run.flow().flowId())
                .param("name", run.flow().name())
                .param("version", run.flow().version())
                .param("client", run.client().value())
                .param("event", run.eventId())
                .param("correlation", run.correlation().value())
                .param("phone", run.phone())
                .param("input", Json.write(run.input()))
                .param("depth", run.depth())
                .param("now", Timestamp.from(now))
                .query(String.class)
                .single();
    }

    /** Everything a run's body needs, from its ids. */
    RunContext load(TenantId tenant, String runId) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        SELECT run_id, flow_id, version, client_id, correlation_id, input
                        FROM patchbay.run WHERE tenant_id = :tenant AND run_id = :run""")
                        .param("tenant", tenant.value())
                        .param("run", runId)
                        .query((row, number) -> context(tenant, row))
                        .single());
    }

    private RunContext context(TenantId tenant, ResultSet row) throws SQLException {
        var client = clients.find(TenantScope.of(tenant), new ClientId(row.getString("client_id")))
                .orElseThrow();
        return new RunContext(
                tenant,
                row.getString("run_id"),
                client,
                new CorrelationId(row.getString("correlation_id")),
                flows.definition(tenant, row.getString("flow_id"), row.getString("version")),
                Json.read(row.getString("input")));
    }
}
