package dev.patchbay.flows.internal.live;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.Page;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** What agents asked during calls, as people read it. */
@Repository
public class LiveCallQueries {

    private static final int MOST = 200;

    private final JdbcClient jdbc;
    private final Tenancy tenancy;

    LiveCallQueries(JdbcClient jdbc, Tenancy tenancy) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
    }

    /**
     * @param callId the provider's id of the call; empty text for the release of a hold that a flow made
     * @param input what was asked for, redacted
     * @param output what was answered, redacted
     * @param milliseconds until the agent had its answer; of what was settled later, until then
     */
    public record Invocation(
            String id,
            @Nullable String clientId,
            String callId,
            String function,
            String correlationId,
            JsonNode input,
            JsonNode output,
            String outcome,
            long milliseconds,
            Instant at) {}

    /** What is null does not narrow. */
    public record Filter(
            @Nullable String callId,
            @Nullable String correlationId,
            @Nullable String after,
            int limit) {}

    /** Oldest first, as the call went. */
    public Page<Invocation> list(TenantScope scope, Filter filter) {
        int limit = Math.clamp(filter.limit(), 1, MOST);
        return Page.of(
                tenancy.inTenant(
                        scope.tenant(),
                        () -> jdbc.sql("""
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
                                .param("limit", limit + 1)
                                .query((row, number) -> invocation(row))
                                .list()),
                limit,
                Invocation::id);
    }

    private static Invocation invocation(ResultSet row) throws SQLException {
        return new Invocation(
                row.getString("invocation_id"),
                row.getString("client_id"),
                row.getString("call_id"),
                row.getString("function"),
                row.getString("correlation_id"),
                Json.read(row.getString("input")),
                Json.read(row.getString("output")),
                row.getString("outcome"),
                row.getLong("milliseconds"),
                row.getTimestamp("at").toInstant());
    }
}
