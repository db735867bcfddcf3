package dev.patchbay.flows.history;

import dev.patchbay.flows.history.CallRuns.Booking;
import dev.patchbay.flows.history.CallRuns.CallRun;
import dev.patchbay.flows.run.RunStatus;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.RunId;
import dev.patchbay.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads runs and the bookings that their steps made, in one statement and in the tenant's transaction. */
@Repository
class CallRunRepository {

    private final JdbcClient jdbc;

    CallRunRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<CallRun> find(TenantId tenant, Collection<CorrelationId> correlations) {
        return jdbc.sql("""
                        SELECT r.run_id, r.correlation_id, r.flow_name, r.version, r.status, r.cause_code, r.cause_sentence, r.started_at,
                          s.booking IS NOT NULL AS booked, s.booking ->> 'start' AS start, s.booking ->> 'startLocal' AS start_local,
                          coalesce(s.undone, false) AS undone, coalesce(s.asks, false) AS asks, s.booking_failure, s.contact_id,
                          coalesce(s.failed_calls, '{}') AS failed_calls
                        FROM patchbay.run r CROSS JOIN LATERAL (
                          SELECT
                            (array_agg(coalesce(output, '{}') ORDER BY pass DESC, position DESC) FILTER (
                              WHERE call IN ('calendar.book', 'calendar.move') AND status = 'completed' AND undone_at IS NULL))[1]
                              AS booking,
                            bool_or(call = 'calendar.book' AND undone_at IS NOT NULL) AS undone,
                            bool_or(call = 'person.approve' AND status = 'waiting' AND pass = r.pass) AS asks,
                            (array_agg(output ->> 'title' ORDER BY position DESC) FILTER (
                              WHERE call IN ('calendar.book', 'calendar.move') AND status = 'failed' AND pass = r.pass))[1]
                              AS booking_failure,
                            (array_agg(output ->> 'id' ORDER BY position DESC) FILTER (
                              WHERE call = 'crm.upsertContact' AND status = 'completed'))[1] AS contact_id,
                            array_agg(DISTINCT call ORDER BY call) FILTER (
                              WHERE status = 'failed' AND pass = r.pass AND call IS NOT NULL) AS failed_calls
                          FROM patchbay.step
                          WHERE tenant_id = r.tenant_id AND run_id = r.run_id) s
                        WHERE r.tenant_id = :tenant AND r.correlation_id = ANY (:correlations)
                        ORDER BY r.run_id""")
                .param("tenant", tenant.value())
                .param(
                        "correlations",
                        correlations.stream().map(CorrelationId::value).toArray(String[]::new))
                .query((row, number) -> run(row))
                .list();
    }

    private static CallRun run(ResultSet row) throws SQLException {
        return new CallRun(
                new RunId(row.getString("run_id")),
                new CorrelationId(row.getString("correlation_id")),
                row.getString("flow_name"),
                row.getString("version"),
                RunStatus.of(row.getString("status")),
                row.getString("cause_code"),
                row.getString("cause_sentence"),
                row.getTimestamp("started_at").toInstant(),
                row.getBoolean("booked") ? new Booking(row.getString("start"), row.getString("start_local")) : null,
                row.getBoolean("undone"),
                row.getBoolean("asks"),
                row.getString("booking_failure"),
                List.of((String[]) row.getArray("failed_calls").getArray()),
                row.getString("contact_id"));
    }
}
