package dev.patchbay.usage.reports;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads sums, calls, statements and records within a scope and the tenant's transaction. Costs are always read. */
@Repository
class UsageReportRepository {

    private static final String SCOPED = " AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))"
            + " AND (:client::text IS NULL OR client_id = :client) ";

    /** Selects the calls of some days, net of reversals. */
    private static final String CALLS = """
            WITH net AS (
              SELECT client_id, connection_id, subject, product, leg, metric, currency, min(occurred_at) AS occurred_at,
                min(local_day) AS local_day, max(agent_id) AS agent_id, max(agent_version) AS agent_version,
                max(revision) AS revision, sum(CASE WHEN reverses_seq IS NULL THEN 1 ELSE -1 END) AS charged,
                sum(quantity) AS quantity, sum(cost) AS cost
              FROM patchbay.usage_record
              WHERE tenant_id = :tenant AND {calls}
              GROUP BY 1, 2, 3, 4, 5, 6, 7),
            legs AS (
              SELECT client_id, connection_id, subject, leg, max(quantity) FILTER (WHERE metric = 'seconds') AS billed
              FROM net GROUP BY 1, 2, 3, 4),
            calls AS (
              SELECT client_id, connection_id, subject, currency, min(occurred_at) AS at, min(local_day) AS day,
                max(agent_id) AS agent_id, max(agent_version) AS agent_version, max(revision) AS revision,
                coalesce(sum(quantity) FILTER (WHERE product = 'call'), 0) AS talk, sum(cost) AS cost,
                bool_or(product = :product AND charged > 0) AS has_product
              FROM net GROUP BY 1, 2, 3, 4 HAVING bool_or(charged > 0))
            SELECT c.*, coalesce((SELECT sum(l.billed) FROM legs l WHERE l.client_id = c.client_id
              AND l.connection_id = c.connection_id AND l.subject = c.subject), 0) AS billed
            FROM calls c
            """;

    private final JdbcClient jdbc;

    UsageReportRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The days from the first to the last, both included, of one client or of all clients within the scope. */
    record Selection(TenantScope scope, @Nullable String client, LocalDate from, LocalDate to) {}

    List<UsageSum> sum(Selection selection, Grouping grouping) {
        boolean byProduct = grouping == Grouping.PRODUCT;
        String counted = byProduct ? "sum(calls)" : "coalesce(sum(calls) FILTER (WHERE product = 'call'), 0)";
        String billed = byProduct
                ? "coalesce(sum(quantity) FILTER (WHERE metric IN ('seconds', 'extra_seconds')), 0)"
                : "sum(billed_seconds)";
        return bind(
                        "SELECT " + grouping.expression() + " AS key, currency, " + counted + " AS calls, " + billed
                                + """
                         AS billed, coalesce(sum(quantity) FILTER (WHERE product = 'call'), 0) AS talk, sum(cost) AS cost,
                          max(upto) AS upto
                        FROM patchbay.usage_day WHERE tenant_id = :tenant AND day BETWEEN :from AND :to""" + SCOPED
                                + "GROUP BY 1, 2 ORDER BY 1, 2",
                        selection)
                .query((row, number) -> new UsageSum(
                        row.getString("key"),
                        row.getString("currency"),
                        row.getLong("calls"),
                        row.getBigDecimal("talk"),
                        row.getBigDecimal("billed"),
                        null,
                        Amount.of(row.getBigDecimal("cost"), row.getString("currency")),
                        row.getLong("upto")))
                .list();
    }

    /** Counts the selection's subjects by the outcomes of their statements, without the usual outcome {@code stated}. */
    Map<String, Integer> countOutcomes(Selection selection) {
        var counts = new HashMap<String, Integer>();
        bind("""
                        SELECT s.outcome, count(DISTINCT s.subject) AS subjects FROM patchbay.usage_snapshot s
                        WHERE s.tenant_id = :tenant AND s.outcome <> 'stated'
                          AND s.occurred_at >= :from::date - interval '2 days'
                          AND s.occurred_at < :to::date + interval '3 days'
                          AND EXISTS (
                            SELECT FROM patchbay.usage_record
                            WHERE tenant_id = s.tenant_id AND connection_id = s.connection_id AND subject = s.subject
                              AND local_day BETWEEN :from AND :to""" + SCOPED + ") GROUP BY 1", selection).query(row -> {
            counts.put(row.getString("outcome"), row.getInt("subjects"));
        });
        return counts;
    }

    /** One day's sums at the most detailed level, for export. */
    record DaySum(
            LocalDate day,
            String client,
            ConnectionId connection,
            String agent,
            String version,
            String product,
            int leg,
            String metric,
            long calls,
            String quantity,
            String cost,
            String currency) {}

    List<DaySum> listDaySums(Selection selection) {
        return bind("""
                        SELECT * FROM patchbay.usage_day WHERE tenant_id = :tenant AND day BETWEEN :from AND :to""" + SCOPED + """
                        ORDER BY day, client_id, connection_id, agent_id, agent_version, product, leg, metric, currency""", selection)
                .query((row, number) -> new DaySum(
                        row.getObject("day", LocalDate.class),
                        row.getString("client_id"),
                        new ConnectionId(row.getString("connection_id")),
                        row.getString("agent_id"),
                        row.getString("agent_version"),
                        row.getString("product"),
                        row.getInt("leg"),
                        row.getString("metric"),
                        row.getLong("calls"),
                        row.getBigDecimal("quantity").toPlainString(),
                        row.getBigDecimal("cost").toPlainString(),
                        row.getString("currency")))
                .list();
    }

    /**
     * Lists calls.
     *
     * @param agent an agent's id or {@code agent/version}; empty text for calls without one
     * @param minSeconds the least length in seconds; shorter calls are left out
     */
    List<UsageCall> listCalls(
            Selection selection,
            @Nullable String agent,
            @Nullable String product,
            int minSeconds,
            int limit,
            String after) {
        int space = after.indexOf(' ');
        return bind(CALLS.replace("{calls}", "local_day BETWEEN :from AND :to" + SCOPED) + """
                        WHERE (:agent::text IS NULL OR coalesce(c.agent_id, '') = :agent
                            OR coalesce(c.agent_id, '') || '/' || coalesce(c.agent_version, '') = :agent)
                          AND (:product::text IS NULL OR c.has_product)
                          AND c.talk >= :min
                          AND (:time::timestamptz IS NULL OR (c.at, c.subject) > (:time::timestamptz, :subject))
                        ORDER BY c.at, c.subject LIMIT :limit""", selection)
                .param("agent", agent)
                .param("product", product)
                .param("min", minSeconds)
                .param(
                        "time",
                        space < 0
                                ? null
                                : Instant.parse(after.substring(0, space)).toString())
                .param("subject", after.substring(space + 1))
                .param("limit", limit)
                .query((row, number) -> call(row))
                .list();
    }

    static String cursor(UsageCall call) {
        return call.at() + " " + call.callId();
    }

    Optional<UsageCall> findCall(TenantScope scope, String callId) {
        return jdbc.sql(CALLS.replace(
                                "{calls}", "subject = :call AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped))")
                        + "LIMIT 1")
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("product", null)
                .param("call", callId)
                .query((row, number) -> call(row))
                .optional();
    }

    private static UsageCall call(ResultSet row) throws SQLException {
        String client = row.getString("client_id");
        String subject = row.getString("subject");
        return new UsageCall(
                subject,
                new ConnectionId(row.getString("connection_id")),
                client.isEmpty() ? null : client,
                row.getTimestamp("at").toInstant(),
                row.getObject("day", LocalDate.class),
                row.getString("agent_id"),
                row.getString("agent_version"),
                row.getBigDecimal("talk"),
                row.getBigDecimal("billed"),
                null,
                Amount.of(row.getBigDecimal("cost"), row.getString("currency")),
                null,
                row.getInt("revision"),
                "/api/v1/timeline?callId=" + subject);
    }

    List<UsageCall.Statement> listStatements(TenantScope scope, UsageCall call) {
        return jdbc.sql("""
                        SELECT revision, outcome, recorded_at, statement FROM patchbay.usage_snapshot
                        WHERE tenant_id = :tenant AND connection_id = :connection AND subject = :subject ORDER BY revision""")
                .param("tenant", scope.tenant().value())
                .param("connection", call.connectionId().value())
                .param("subject", call.callId())
                .query((row, number) -> new UsageCall.Statement(
                        row.getInt("revision"),
                        row.getString("outcome"),
                        row.getTimestamp("recorded_at").toInstant(),
                        Json.read(row.getString("statement"))))
                .list();
    }

    /**
     * Lists the records of all clients to which the call ever belonged. Only readers with access to the whole agency may see
     * them.
     */
    List<UsageCall.Entry> listRecords(TenantScope scope, UsageCall call) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.usage_record
                        WHERE tenant_id = :tenant AND connection_id = :connection AND subject = :subject
                        ORDER BY client_id, seq, n""")
                .param("tenant", scope.tenant().value())
                .param("connection", call.connectionId().value())
                .param("subject", call.callId())
                .query((row, number) -> entry(row))
                .list();
    }

    private static UsageCall.Entry entry(ResultSet row) throws SQLException {
        String client = row.getString("client_id");
        String reverses = row.getString("reverses_seq");
        return new UsageCall.Entry(
                row.getLong("seq"),
                row.getInt("n"),
                client.isEmpty() ? null : client,
                row.getInt("revision"),
                row.getString("product"),
                row.getInt("leg"),
                row.getString("metric"),
                row.getBigDecimal("quantity"),
                Amount.of(row.getBigDecimal("cost"), row.getString("currency")),
                row.getString("reason"),
                reverses == null ? null : reverses + "/" + row.getInt("reverses_n"));
    }

    private JdbcClient.StatementSpec bind(String sql, Selection selection) {
        return jdbc.sql(sql)
                .param("tenant", selection.scope().tenant().value())
                .param("scoped", selection.scope().scoped())
                .param("client", selection.client())
                .param("from", selection.from())
                .param("to", selection.to());
    }
}
