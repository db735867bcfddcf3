package dev.patchbay.connections.internal;

import dev.patchbay.connections.Account;
import dev.patchbay.connections.ConnectionState;
import dev.patchbay.connections.WebhookEndpoint;
import dev.patchbay.kernel.Problem;
import dev.patchbay.kernel.ProblemType;
import dev.patchbay.kernel.TenantId;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When connections were tested and are next, and what came of it. */
@Component
final class HealthCheckRepository {

    private final JdbcClient jdbc;
    private final ConnectionRepository rows;

    HealthCheckRepository(JdbcClient jdbc, ConnectionRepository rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** @param since when it came into its state: what is found counts only while it is still in it */
    record HealthCheck(Account account, ConnectionState state, OffsetDateTime since) {}

    /** Through a door, of every tenant: takes the tests that are due, and makes the next due. */
    List<WebhookEndpoint> claim(int most, Duration every) {
        return jdbc.sql("""
                        SELECT tenant_id, connection_id
                        FROM patchbay.claim_connection_tests(:most, :every * interval '1 millisecond')""")
                .param("most", most)
                .param("every", every.toMillis())
                .query((row, number) ->
                        new WebhookEndpoint(new TenantId(row.getString("tenant_id")), row.getString("connection_id")))
                .list();
    }

    /** Takes the test, due or not. */
    HealthCheck begin(TenantId tenant, String connectionId, Duration every) {
        record State(ConnectionState state, OffsetDateTime since) {}
        State state = jdbc.sql("""
                        UPDATE patchbay.connection
                        SET next_test_at = clock_timestamp() + :every * interval '1 millisecond' * (0.9 + 0.2 * random())
                        WHERE tenant_id = :tenant AND connection_id = :connection
                        RETURNING state, state_since""")
                .param("every", every.toMillis())
                .param("tenant", tenant.value())
                .param("connection", connectionId)
                .query((row, number) -> new State(
                        ConnectionState.valueOf(row.getString("state")),
                        row.getObject("state_since", OffsetDateTime.class)))
                .optional()
                .orElseThrow(() ->
                        new Problem(ProblemType.CONNECTION_NOT_FOUND, "There is no connection " + connectionId + "."));
        return new HealthCheck(rows.find(tenant, connectionId).orElseThrow().account(), state.state(), state.since());
    }

    /** Writes down that it was tested, and carries on when the connection is as it was when the test began. */
    void tested(HealthCheck healthCheck, @Nullable String note, Runnable change) {
        boolean unchanged = jdbc.sql("""
                        UPDATE patchbay.connection SET tested_at = clock_timestamp(),
                          test_note = CASE WHEN state_since = :since THEN :note ELSE test_note END
                        WHERE tenant_id = :tenant AND connection_id = :connection RETURNING state_since = :since""")
                .param("note", note)
                .param("tenant", healthCheck.account().tenant().value())
                .param("connection", healthCheck.account().connectionId())
                .param("since", healthCheck.since())
                .query(Boolean.class)
                .single();
        if (unchanged) {
            change.run();
        }
    }
}
