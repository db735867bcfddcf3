package dev.patchbay.usage.records;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.usage.records.UsageRecord.Current;
import dev.patchbay.usage.records.UsageRecord.Reversal;
import dev.patchbay.usage.records.UsageRecord.Transfer;
import dev.patchbay.usage.spi.UsageStatement.Source;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes the table {@code usage_record} within the tenant's transaction. Rows are only added. */
@Repository
class RecordRepository {

    /** The columns that a reversal or a transfer copies from its record. */
    private static final String COPIED =
            "r.tenant_id, r.connection_id, r.subject, r.revision, r.product, r.leg, r.metric,"
                    + " r.currency, r.source_kind, r.source_id, r.agent_id, r.agent_version, r.occurred_at";

    private static final String COPIED_NAMES = COPIED.replace("r.", "");

    private static final String COUNTS = """
            r.reverses_seq IS NULL AND NOT EXISTS (
              SELECT FROM patchbay.usage_record x
              WHERE x.tenant_id = r.tenant_id AND x.client_id = r.client_id AND x.reverses_seq = r.seq
                AND x.reverses_n = r.n AND x.occurred_at = r.occurred_at)""";

    private final JdbcClient jdbc;

    RecordRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Current> findCurrent(TenantId tenant, ConnectionId connection, Collection<String> subjects) {
        return jdbc.sql("""
                        SELECT r.client_id, r.seq, r.n, r.subject, r.source_kind, r.source_id, r.occurred_at, r.local_day
                        FROM patchbay.usage_record r
                        WHERE r.tenant_id = :tenant AND r.connection_id = :connection
                          AND r.subject = ANY (:subjects::text[]) AND\s""" + COUNTS)
                .param("tenant", tenant.value())
                .param("connection", connection.value())
                .param("subjects", subjects.toArray(String[]::new))
                .query((row, number) -> current(row))
                .list();
    }

    /** Finds records from accepted differences to invoices, for calls that had not been stated. */
    List<Current> findAccepted(TenantId tenant, ConnectionId connection, Collection<String> subjects) {
        return jdbc.sql("""
                        SELECT r.client_id, r.seq, r.n, r.subject, r.source_kind, r.source_id, r.occurred_at, r.local_day
                        FROM patchbay.usage_record r
                        WHERE r.tenant_id = :tenant AND r.connection_id = :connection AND r.reason = 'invoice'
                          AND r.subject = ANY (:subjects::text[]) AND\s""" + COUNTS)
                .param("tenant", tenant.value())
                .param("connection", connection.value())
                .param("subjects", subjects.toArray(String[]::new))
                .query((row, number) -> current(row))
                .list();
    }

    /** Finds records of the source that began within that time and belong to another client than this one. */
    List<Current> findOfOthers(
            TenantId tenant,
            ConnectionId connection,
            Source source,
            String client,
            Instant from,
            @Nullable Instant to) {
        return jdbc.sql("""
                        SELECT r.client_id, r.seq, r.n, r.subject, r.source_kind, r.source_id, r.occurred_at, r.local_day
                        FROM patchbay.usage_record r
                        WHERE r.tenant_id = :tenant AND r.connection_id = :connection
                          AND r.source_kind = :kind AND r.source_id = :external AND r.client_id <> :client
                          AND r.occurred_at >= :from::timestamptz
                          AND r.occurred_at < coalesce(:to::timestamptz, 'infinity') AND\s""" + COUNTS + " ORDER BY r.client_id, r.seq, r.n")
                .param("tenant", tenant.value())
                .param("connection", connection.value())
                .param("kind", source.kind())
                .param("external", source.externalId())
                .param("client", client)
                .param("from", from.toString())
                .param("to", to == null ? null : to.toString())
                .query((row, number) -> current(row))
                .list();
    }

    private static Current current(ResultSet row) throws SQLException {
        return new Current(
                new UsageRecord.Key(row.getString("client_id"), row.getLong("seq"), row.getInt("n")),
                row.getString("subject"),
                new Source(row.getString("source_kind"), row.getString("source_id")),
                row.getTimestamp("occurred_at").toInstant(),
                row.getObject("local_day", LocalDate.class));
    }

    void insert(TenantId tenant, ConnectionId connection, List<UsageRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        INSERT INTO patchbay.usage_record (tenant_id, client_id, seq, n, connection_id, subject, revision,
                          product, leg, metric, quantity, cost, currency, source_kind, source_id, agent_id, agent_version,
                          occurred_at, local_day, reason)
                        SELECT :tenant, s.client, s.seq::bigint, s.n::int, :connection, s.subject, s.revision::int,
                          s.product, s.leg::smallint, s.metric, s.quantity::numeric, s.cost::numeric, s.currency,
                          s.kind, s.external, s.agent, s.version, s.time::timestamptz, s.day::date, s.reason
                        FROM unnest(:clients::text[], :seqs::text[], :ns::text[], :subjects::text[], :revisions::text[],
                          :products::text[], :legs::text[], :metrics::text[], :quantities::text[], :costs::text[],
                          :currencies::text[], :kinds::text[], :externals::text[], :agents::text[], :versions::text[],
                          :times::text[], :days::text[], :reasons::text[])
                          AS s(client, seq, n, subject, revision, product, leg, metric, quantity, cost, currency, kind,
                            external, agent, version, time, day, reason)""")
                .param("tenant", tenant.value())
                .param("connection", connection.value())
                .param("clients", column(records, it -> it.key().client()))
                .param("seqs", column(records, it -> Long.toString(it.key().seq())))
                .param("ns", column(records, it -> Integer.toString(it.key().n())))
                .param("subjects", column(records, UsageRecord::subject))
                .param("revisions", column(records, it -> Integer.toString(it.revision())))
                .param("products", column(records, it -> it.charge().product()))
                .param(
                        "legs",
                        column(records, it -> Integer.toString(it.charge().leg())))
                .param(
                        "metrics",
                        column(records, it -> it.charge().metric().name().toLowerCase(Locale.ROOT)))
                .param(
                        "quantities",
                        column(records, it -> it.charge().quantity().toPlainString()))
                .param("costs", column(records, it -> it.charge().cost().toPlainString()))
                .param(
                        "currencies",
                        column(records, it -> it.charge().currency().getCurrencyCode()))
                .param("kinds", column(records, it -> it.source().kind()))
                .param("externals", column(records, it -> it.source().externalId()))
                .param("agents", column(records, UsageRecord::agentId))
                .param("versions", column(records, UsageRecord::agentVersion))
                .param("times", column(records, it -> it.occurredAt().toString()))
                .param("days", column(records, it -> it.localDay().toString()))
                .param("reasons", column(records, it -> it.reason().wireName()))
                .update();
    }

    /**
     * Adds, for each record, one with the opposite quantity and cost. Each record is looked up by its key (LATERAL … LIMIT 1).
     * While a month is being written its statistics are stale, and a plain join would read all of it.
     */
    void reverse(TenantId tenant, List<Reversal> reversals) {
        if (reversals.isEmpty()) {
            return;
        }
        jdbc.sql("INSERT INTO patchbay.usage_record (" + COPIED_NAMES
                        + ", client_id, seq, n, quantity, cost, local_day, reason, reverses_seq, reverses_n) SELECT "
                        + COPIED + """
                        , r.client_id, s.seq::bigint, s.n::int, -r.quantity, -r.cost, r.local_day, s.reason, r.seq, r.n
                        FROM unnest(:clients::text[], :seqs::text[], :ns::text[], :oldSeqs::text[], :oldNs::text[],
                          :times::text[], :reasons::text[]) AS s(client, seq, n, old_seq, old_n, time, reason)
                        CROSS JOIN LATERAL (
                          SELECT * FROM patchbay.usage_record WHERE tenant_id = :tenant AND client_id = s.client
                            AND seq = s.old_seq::bigint AND n = s.old_n::int AND occurred_at = s.time::timestamptz
                          LIMIT 1) r""")
                .param("tenant", tenant.value())
                .param("clients", column(reversals, it -> it.key().client()))
                .param("seqs", column(reversals, it -> Long.toString(it.key().seq())))
                .param("ns", column(reversals, it -> Integer.toString(it.key().n())))
                .param(
                        "oldSeqs",
                        column(
                                reversals,
                                it -> Long.toString(it.reversed().key().seq())))
                .param(
                        "oldNs",
                        column(
                                reversals,
                                it -> Integer.toString(it.reversed().key().n())))
                .param(
                        "times",
                        column(reversals, it -> it.reversed().occurredAt().toString()))
                .param("reasons", column(reversals, it -> it.reason().wireName()))
                .update();
    }

    /** Adds a copy of each record for another client. */
    void transfer(TenantId tenant, List<Transfer> transfers) {
        if (transfers.isEmpty()) {
            return;
        }
        jdbc.sql("INSERT INTO patchbay.usage_record (" + COPIED_NAMES
                        + ", client_id, seq, n, quantity, cost, local_day, reason) SELECT " + COPIED + """
                        , s.client, s.seq::bigint, s.n::int, r.quantity, r.cost, s.day::date, 'attributed'
                        FROM unnest(:clients::text[], :seqs::text[], :ns::text[], :days::text[], :oldClients::text[],
                          :oldSeqs::text[], :oldNs::text[], :times::text[])
                          AS s(client, seq, n, day, old_client, old_seq, old_n, time)
                        CROSS JOIN LATERAL (
                          SELECT * FROM patchbay.usage_record WHERE tenant_id = :tenant AND client_id = s.old_client
                            AND seq = s.old_seq::bigint AND n = s.old_n::int AND occurred_at = s.time::timestamptz
                          LIMIT 1) r""")
                .param("tenant", tenant.value())
                .param("clients", column(transfers, it -> it.to().client()))
                .param("seqs", column(transfers, it -> Long.toString(it.to().seq())))
                .param("ns", column(transfers, it -> Integer.toString(it.to().n())))
                .param("days", column(transfers, it -> it.localDay().toString()))
                .param("oldClients", column(transfers, it -> it.from().key().client()))
                .param(
                        "oldSeqs",
                        column(transfers, it -> Long.toString(it.from().key().seq())))
                .param(
                        "oldNs",
                        column(transfers, it -> Integer.toString(it.from().key().n())))
                .param("times", column(transfers, it -> it.from().occurredAt().toString()))
                .update();
    }

    private static <T> @Nullable String[] column(List<T> items, Function<T, ? extends @Nullable String> value) {
        @Nullable String[] column = new String[items.size()];
        for (int index = 0; index < column.length; index++) {
            column[index] = value.apply(items.get(index));
        }
        return column;
    }
}
