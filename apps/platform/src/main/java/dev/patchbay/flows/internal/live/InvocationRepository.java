package dev.patchbay.flows.internal.live;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Ids;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.PhoneNumber;
import dev.patchbay.kernel.Redaction;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** A line for each thing an agent asked, and for what was settled when the caller no longer waited. */
@Repository
class InvocationRepository {

    private final JdbcClient jdbc;
    private final Tenancy tenancy;
    private final Clock clock;

    InvocationRepository(JdbcClient jdbc, Tenancy tenancy, Clock clock) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    /** Whose line it is. */
    record Line(
            TenantId tenant,
            Optional<ClientId> client,
            String callId,
            String function,
            CorrelationId correlation,
            Optional<PhoneNumber> caller,
            JsonNode input) {}

    /** The correlation id under which this call asked something before. */
    Optional<CorrelationId> correlation(TenantId tenant, String callId) {
        return tenancy.inTenant(
                tenant,
                () -> jdbc.sql("""
                        SELECT correlation_id FROM patchbay.live_invocation
                        WHERE tenant_id = :tenant AND call_id = :call ORDER BY invocation_id LIMIT 1""")
                        .param("tenant", tenant.value())
                        .param("call", callId)
                        .query((row, number) -> new CorrelationId(row.getString("correlation_id")))
                        .optional());
    }

    void write(Line line, String outcome, JsonNode output, long milliseconds) {
        byte[] caller = line.client()
                .flatMap(client -> line.caller().map(phone -> CallerCache.digest(client, phone)))
                .orElse(null);
        tenancy.inTenant(
                line.tenant(),
                () -> jdbc.sql("""
                        INSERT INTO patchbay.live_invocation (tenant_id, invocation_id, client_id, call_id, function, correlation_id,
                                                              caller, input, output, outcome, milliseconds, at)
                        VALUES (:tenant, :id, :client, :call, :function, :correlation, :caller, :input::jsonb, :output::jsonb,
                                :outcome, :milliseconds, :at)""")
                        .param("tenant", line.tenant().value())
                        .param("id", Ids.next("liv", clock.instant()))
                        .param("client", line.client().map(ClientId::value).orElse(null))
                        .param("call", line.callId())
                        .param("function", line.function())
                        .param("correlation", line.correlation().value())
                        .param("caller", caller)
                        .param("input", Json.write(Redaction.tree(line.input())))
                        .param("output", Json.write(Redaction.tree(output)))
                        .param("outcome", outcome)
                        .param("milliseconds", milliseconds)
                        .param("at", Timestamp.from(clock.instant()))
                        .update());
    }
}
