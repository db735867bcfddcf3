package dev.patchbay.insights.calls;

import dev.patchbay.insights.calls.CallResult.DecidingRun;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.CorrelationId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Writes the table {@code call} and updates {@code call_day} by the difference between the rows before and after, within the
 * tenant's transaction.
 */
@Repository
class CallRepository {

    private static final String COLUMNS = """
            tenant_id, call_id, correlation_id, client_id, called_at, day, seconds, direction, from_number, to_number, number,
            caller_name, name_key, surname_key, requested, outcome, reason, needs_person, sentence, failed_calls, booked_start,
            booked_local, contact_id, run_id, run_status, flow_name, flow_version, live""";

    /** Adds counts to days. One transaction at a time writes the calls of a tenant. */
    private static final String COUNT = """
            INSERT INTO patchbay.call_day AS kept (tenant_id, client_id, day, outcome, reason, flow_name, calls, seconds)
            SELECT :tenant, client_id, day, outcome, coalesce(reason, ''), coalesce(flow_name, ''), sum(calls), sum(seconds)
            FROM delta GROUP BY 2, 3, 4, 5, 6 HAVING sum(calls) <> 0 OR sum(seconds) <> 0
            ON CONFLICT (tenant_id, client_id, day, outcome, reason, flow_name)
              DO UPDATE SET calls = kept.calls + excluded.calls, seconds = kept.seconds + excluded.seconds""";

    private static final String INSERT = """
            WITH added AS (
              INSERT INTO patchbay.call ({columns})
              SELECT {columns} FROM jsonb_populate_recordset(NULL::patchbay.call, :rows::jsonb) ORDER BY call_id
              ON CONFLICT (tenant_id, call_id) DO NOTHING
              RETURNING client_id, day, outcome, reason, flow_name, seconds),
            delta AS (SELECT *, 1 AS calls FROM added)
            {count}""".replace("{columns}", COLUMNS).replace("{count}", COUNT);

    private static final String UPDATE = """
            WITH next AS (SELECT * FROM jsonb_populate_recordset(NULL::patchbay.call, :rows::jsonb)),
            before AS (
              SELECT c.client_id, c.day, c.outcome, c.reason, c.flow_name, c.seconds
              FROM patchbay.call c JOIN next ON next.tenant_id = c.tenant_id AND next.call_id = c.call_id),
            changed AS (
              UPDATE patchbay.call c SET ({columns}) = ({next}) FROM next
              WHERE c.tenant_id = next.tenant_id AND c.call_id = next.call_id
              RETURNING c.client_id, c.day, c.outcome, c.reason, c.flow_name, c.seconds),
            delta AS (
              SELECT client_id, day, outcome, reason, flow_name, -seconds AS seconds, -1 AS calls FROM before
              UNION ALL
              SELECT client_id, day, outcome, reason, flow_name, seconds, 1 AS calls FROM changed)
            {count}""".replace("{columns}", COLUMNS)
            .replace("{next}", COLUMNS.replaceAll("(\\w+)(,|$)", "next.$1$2"))
            .replace("{count}", COUNT);

    private final JdbcClient jdbc;

    CallRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the calls of these conversations and locks them until the transaction ends. */
    List<CallRecord> lock(TenantId tenant, Collection<CorrelationId> correlations) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.call
                        WHERE tenant_id = :tenant AND correlation_id = ANY (:correlations)
                        ORDER BY call_id FOR UPDATE""")
                .param("tenant", tenant.value())
                .param(
                        "correlations",
                        correlations.stream().map(CorrelationId::value).toArray(String[]::new))
                .query((row, number) -> read(row))
                .list();
    }

    void insert(TenantId tenant, List<CallRecord> calls) {
        if (calls.isEmpty()) {
            return;
        }
        jdbc.sql(INSERT)
                .param("tenant", tenant.value())
                .param("rows", rows(tenant, calls))
                .update();
    }

    /** Replaces rows that are locked. */
    void update(TenantId tenant, List<CallRecord> calls) {
        if (calls.isEmpty()) {
            return;
        }
        jdbc.sql(UPDATE)
                .param("tenant", tenant.value())
                .param("rows", rows(tenant, calls))
                .update();
    }

    private static String rows(TenantId tenant, List<CallRecord> calls) {
        return Json.write(calls.stream().map(call -> CallRow.of(tenant, call)).toList());
    }

    private static CallRecord read(ResultSet row) throws SQLException {
        return new CallRecord(
                row.getString("call_id"),
                new CorrelationId(row.getString("correlation_id")),
                new CallDetails(
                        new ClientId(row.getString("client_id")),
                        row.getTimestamp("called_at").toInstant(),
                        row.getInt("seconds"),
                        row.getString("direction"),
                        row.getString("from_number"),
                        row.getString("to_number"),
                        row.getString("number"),
                        row.getString("caller_name"),
                        row.getString("requested")),
                row.getObject("day", LocalDate.class),
                new CallResult(
                        CallOutcome.of(row.getString("outcome")),
                        row.getString("reason"),
                        row.getBoolean("needs_person"),
                        row.getString("sentence"),
                        List.of((String[]) row.getArray("failed_calls").getArray()),
                        row.getString("booked_start"),
                        row.getString("booked_local"),
                        row.getString("contact_id"),
                        run(row),
                        row.getBoolean("live")),
                row.getTimestamp("erased_at") != null);
    }

    private static @Nullable DecidingRun run(ResultSet row) throws SQLException {
        String id = row.getString("run_id");
        return id == null
                ? null
                : new DecidingRun(
                        id, row.getString("run_status"), row.getString("flow_name"), row.getString("flow_version"));
    }

    /** Erases the personal data of the calls with these numbers. */
    int erase(TenantId tenant, String @Nullable [] scoped, Set<String> persons) {
        return jdbc.sql("""
                        UPDATE patchbay.call SET from_number = NULL, to_number = NULL, number = NULL, caller_name = NULL, name_key = NULL,
                          surname_key = NULL, requested = NULL, booked_start = NULL, booked_local = NULL, contact_id = NULL,
                          sentence = NULL, handled_note = NULL, erased_at = clock_timestamp()
                        WHERE tenant_id = :tenant AND number = ANY (:persons)
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))""")
                .param("tenant", tenant.value())
                .param("scoped", scoped)
                .param("persons", persons.toArray(String[]::new))
                .update();
    }

    /** Computes the sums of all days again from the calls. The caller holds the lock on the tenant's calls. */
    void recount(TenantId tenant) {
        jdbc.sql("DELETE FROM patchbay.call_day WHERE tenant_id = :tenant")
                .param("tenant", tenant.value())
                .update();
        jdbc.sql("""
                        INSERT INTO patchbay.call_day (tenant_id, client_id, day, outcome, reason, flow_name, calls, seconds)
                        SELECT tenant_id, client_id, day, outcome, coalesce(reason, ''), coalesce(flow_name, ''), count(*), sum(seconds)
                        FROM patchbay.call WHERE tenant_id = :tenant GROUP BY 1, 2, 3, 4, 5, 6""").param("tenant", tenant.value()).update();
    }

    /** Returns the client of a call that a person changes, and locks the call until the transaction ends. */
    Optional<ClientId> lockClient(TenantId tenant, String @Nullable [] scoped, String callId) {
        return jdbc.sql("""
                        SELECT client_id FROM patchbay.call
                        WHERE tenant_id = :tenant AND call_id = :call AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))
                        FOR UPDATE""")
                .param("tenant", tenant.value())
                .param("call", callId)
                .param("scoped", scoped)
                .query((row, number) -> new ClientId(row.getString("client_id")))
                .optional();
    }
}
