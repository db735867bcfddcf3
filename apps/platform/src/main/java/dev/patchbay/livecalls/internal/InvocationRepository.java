package dev.patchbay.livecalls.internal;

import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Redaction;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.livecalls.InvocationOutcome;
import dev.patchbay.livecalls.LiveInvocations.Filter;
import dev.patchbay.livecalls.LiveInvocations.LiveInvocation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/**
 * Stores the functions that agents called, and the later outcomes of those that were still pending when the agent got its
 * answer. Every method joins the tenant's transaction.
 */
@Repository
class InvocationRepository {

    private final JdbcClient jdbc;

    InvocationRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    int add(
            String id,
            FunctionInvocation invocation,
            InvocationOutcome outcome,
            JsonNode output,
            long milliseconds,
            Instant at) {
        byte[] caller = invocation
                .client()
                .flatMap(client -> invocation.caller().map(phone -> CallerDigests.digest(client, phone)))
                .orElse(null);
        return jdbc.sql("""
                        INSERT INTO patchbay.live_invocation (tenant_id, invocation_id, client_id, call_id, function, correlation_id,
                                                              caller, input, output, outcome, milliseconds, at)
                        VALUES (:tenant, :id, :client, :call, :function, :correlation, :caller, :input::jsonb, :output::jsonb,
                                :outcome, :milliseconds, :at)""")
                .param("tenant", invocation.tenant().value())
                .param("id", id)
                .param("client", invocation.client().map(ClientId::value).orElse(null))
                .param("call", invocation.callId())
                .param("function", invocation.function())
                .param("correlation", invocation.correlation().value())
                .param("caller", caller)
                .param("input", Json.write(Redaction.tree(invocation.input())))
                .param("output", Json.write(Redaction.tree(output)))
                .param("outcome", outcome.code())
                .param("milliseconds", milliseconds)
                .param("at", Timestamp.from(at))
                .update();
    }

    List<LiveInvocation> list(TenantScope scope, Filter filter, int limit) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.live_invocation
                        WHERE tenant_id = :tenant
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                          AND (:call::text IS NULL OR call_id = :call)
                          AND (:correlation::text IS NULL OR correlation_id = :correlation)
                          AND (:after::text IS NULL OR invocation_id > :after)
                        ORDER BY invocation_id LIMIT :limit""")
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("call", filter.callId())
                .param("correlation", filter.correlationId())
                .param("after", filter.after())
                .param("limit", limit)
                .query((row, number) -> invocation(row))
                .list();
    }

    private static LiveInvocation invocation(ResultSet row) throws SQLException {
        return new LiveInvocation(
                row.getString("invocation_id"),
                Optional.ofNullable(row.getString("client_id")).map(ClientId::new),
                row.getString("call_id"),
                row.getString("function"),
                new CorrelationId(row.getString("correlation_id")),
                Json.read(row.getString("input")),
                Json.read(row.getString("output")),
                InvocationOutcome.of(row.getString("outcome")),
                row.getLong("milliseconds"),
                row.getTimestamp("at").toInstant());
    }
}
