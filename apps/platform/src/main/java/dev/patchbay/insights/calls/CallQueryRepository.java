package dev.patchbay.insights.calls;

import dev.patchbay.insights.calls.CallView.Booked;
import dev.patchbay.insights.calls.CallView.Caller;
import dev.patchbay.insights.calls.CallView.ClientName;
import dev.patchbay.insights.calls.CallView.Handled;
import dev.patchbay.insights.calls.CallView.Run;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the table {@code call} for people, within the tenant's transaction. */
@Repository
class CallQueryRepository {

    private static final String WITH_CLIENT = """
            SELECT c.*, client.name AS client_name, client.time_zone FROM ({calls}) c
            JOIN patchbay.client ON client.tenant_id = c.tenant_id AND client.client_id = c.client_id
            ORDER BY c.called_at DESC, c.call_id DESC""";

    private final JdbcClient jdbc;

    CallQueryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Finds calls, the newest first. */
    List<CallView> find(CallConditions conditions) {
        return jdbc.sql(WITH_CLIENT.replace("{calls}", conditions.select("c.*")))
                .params(conditions.parameters())
                .query((row, number) -> view(row))
                .list();
    }

    Optional<CallView> find(TenantScope scope, String callId) {
        return jdbc.sql(WITH_CLIENT.replace("{calls}", """
                        SELECT * FROM patchbay.call
                        WHERE tenant_id = :tenant AND call_id = :call AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))"""))
                .param("tenant", scope.tenant().value())
                .param("call", callId)
                .param("scoped", scope.scoped())
                .query((row, number) -> view(row))
                .optional();
    }

    /** Returns the number of calls, up to the limit of the conditions. */
    int count(CallConditions conditions) {
        return jdbc.sql("SELECT count(*) FROM (" + conditions.select("c.called_at, c.call_id") + ") matching")
                .params(conditions.parameters())
                .query(Integer.class)
                .single();
    }

    /** Returns the start of the oldest call with a flow that is under way. */
    Optional<Instant> findOldestWorking(TenantScope scope, Optional<String> client) {
        return jdbc.sql("""
                        SELECT called_at FROM patchbay.call
                        WHERE tenant_id = :tenant AND outcome = 'working'
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                          AND (:client::text IS NULL OR client_id = :client)
                        ORDER BY called_at LIMIT 1""")
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("client", client.orElse(null))
                .query((row, number) -> row.getTimestamp("called_at").toInstant())
                .optional();
    }

    private static CallView view(ResultSet row) throws SQLException {
        return new CallView(
                row.getString("call_id"),
                new CorrelationId(row.getString("correlation_id")).value(),
                new ClientName(row.getString("client_id"), row.getString("client_name"), row.getString("time_zone")),
                row.getTimestamp("called_at").toInstant(),
                row.getInt("seconds"),
                row.getString("direction"),
                row.getString("from_number"),
                row.getString("to_number"),
                new Caller(row.getString("caller_name"), row.getString("number"), row.getString("contact_id")),
                CallOutcome.of(row.getString("outcome")),
                row.getString("reason"),
                row.getBoolean("needs_person"),
                row.getString("requested"),
                booked(row),
                row.getString("sentence"),
                List.of((String[]) row.getArray("failed_calls").getArray()),
                handled(row),
                run(row));
    }

    private static @Nullable Booked booked(ResultSet row) throws SQLException {
        return CallOutcome.of(row.getString("outcome")) == CallOutcome.BOOKED
                ? new Booked(row.getString("booked_start"), row.getString("booked_local"))
                : null;
    }

    private static @Nullable Handled handled(ResultSet row) throws SQLException {
        var at = row.getTimestamp("handled_at");
        return at == null
                ? null
                : new Handled(
                        row.getString("handled_by"),
                        at.toInstant(),
                        HandledHow.of(row.getString("handled_how")),
                        row.getString("handled_note"));
    }

    private static @Nullable Run run(ResultSet row) throws SQLException {
        String id = row.getString("run_id");
        return id == null
                ? null
                : new Run(id, row.getString("run_status"), row.getString("flow_name"), row.getString("flow_version"));
    }
}
