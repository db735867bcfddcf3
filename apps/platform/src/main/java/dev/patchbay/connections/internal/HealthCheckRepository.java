package dev.patchbay.connections.internal;

import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores when connections were checked, when the next check is due, and that a provider could not be asked. */
@Component
final class HealthCheckRepository {

    private final JdbcClient jdbc;
    private final ConnectionRepository connections;

    HealthCheckRepository(JdbcClient jdbc, ConnectionRepository connections) {
        this.jdbc = jdbc;
        this.connections = connections;
    }

    /** Claims due checks of every tenant through a definer function, and schedules the next ones. */
    List<WebhookEndpoint> claimDue(int limit, Duration interval) {
        return jdbc.sql("""
                        SELECT tenant_id, connection_id
                        FROM patchbay.claim_connection_tests(:limit, :interval * interval '1 millisecond')""")
                .param("limit", limit)
                .param("interval", interval.toMillis())
                .query((row, number) -> ConnectionRepository.readEndpoint(row))
                .list();
    }

    /** Starts a check, due or not, and schedules the next one; within the tenant's transaction. */
    HealthCheck start(TenantId tenant, ConnectionId connectionId, Duration interval) {
        record State(ConnectionState state, OffsetDateTime since) {}
        State state = jdbc.sql("""
                        UPDATE patchbay.connection
                        SET next_test_at = clock_timestamp() + :interval * interval '1 millisecond' * (0.9 + 0.2 * random())
                        WHERE tenant_id = :tenant AND connection_id = :connection
                        RETURNING state, state_since""")
                .param("interval", interval.toMillis())
                .param("tenant", tenant.value())
                .param("connection", connectionId.value())
                .query((row, number) -> new State(
                        ConnectionState.valueOf(row.getString("state")),
                        row.getObject("state_since", OffsetDateTime.class)))
                .optional()
                .orElseThrow(() ->
                        new Problem(ProblemType.CONNECTION_NOT_FOUND, "There is no connection " + connectionId + "."));
        return new HealthCheck(
                connections.find(tenant, connectionId).orElseThrow().account(), state.state(), state.since());
    }

    /**
     * Records that the check ran; within the tenant's transaction.
     *
     * @param note that the provider could not be asked; null when it could
     * @return whether the connection is unchanged since the check started, so that the result counts
     */
    boolean recordRun(HealthCheck check, @Nullable String note) {
        return jdbc.sql("""
                        UPDATE patchbay.connection SET tested_at = clock_timestamp(),
                          test_note = CASE WHEN state_since = :since THEN :note ELSE test_note END
                        WHERE tenant_id = :tenant AND connection_id = :connection RETURNING state_since = :since""")
                .param("note", note)
                .param("tenant", check.account().tenant().value())
                .param("connection", check.account().connectionId().value())
                .param("since", check.since())
                .query(Boolean.class)
                .single();
    }
}
