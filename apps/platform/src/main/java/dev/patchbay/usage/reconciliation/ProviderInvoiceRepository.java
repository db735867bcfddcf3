package dev.patchbay.usage.reconciliation;

import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.usage.spi.ProviderInvoiceReader.InvoiceLine;
import dev.patchbay.usage.spi.ProviderInvoiceReader.ProviderInvoice;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes the tables {@code provider_invoice} and {@code provider_invoice_line}, and compares them with records. */
@Repository
class ProviderInvoiceRepository {

    private static final int BATCH_SIZE = 10_000;

    private final JdbcClient jdbc;

    ProviderInvoiceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A stored invoice. */
    record Stored(
            String id,
            ConnectionId connection,
            String provider,
            String month,
            Instant startsAt,
            Instant endsAt,
            String currency,
            BigDecimal statedTotal,
            int lines,
            String state,
            BigDecimal ours,
            BigDecimal rounding,
            int calls,
            int matched,
            Instant receivedAt,
            @Nullable Instant reconciledAt) {}

    /** The sums of our records and of the provider's invoice, and the number of calls in our records. */
    record Totals(BigDecimal ours, BigDecimal theirs, int calls) {}

    /** Stores the invoice and replaces an earlier one of the same month. */
    void insert(
            TenantId tenant,
            String id,
            ConnectionId connection,
            String provider,
            ProviderInvoice invoice,
            Instant startsAt,
            Instant endsAt,
            Instant now) {
        jdbc.sql("""
                        UPDATE patchbay.provider_invoice SET state = 'superseded'
                        WHERE tenant_id = :tenant AND connection_id = :connection AND month = :month
                          AND state <> 'superseded'""")
                .param("tenant", tenant.value())
                .param("connection", connection.value())
                .param("month", invoice.month().toString())
                .update();
        jdbc.sql("""
                        INSERT INTO patchbay.provider_invoice (tenant_id, invoice_id, connection_id, provider, month,
                          starts_at, ends_at, currency, stated_total, lines, state, received_at)
                        VALUES (:tenant, :id, :connection, :provider, :month, :starts::timestamptz, :ends::timestamptz,
                          :currency, :total, :lines, 'open', :now::timestamptz)""")
                .param("tenant", tenant.value())
                .param("id", id)
                .param("connection", connection.value())
                .param("provider", provider)
                .param("month", invoice.month().toString())
                .param("starts", startsAt.toString())
                .param("ends", endsAt.toString())
                .param("currency", invoice.currency().getCurrencyCode())
                .param("total", invoice.total())
                .param("lines", invoice.lines().size())
                .param("now", now.toString())
                .update();
        List<InvoiceLine> lines = invoice.lines();
        for (int at = 0; at < lines.size(); at += BATCH_SIZE) {
            insertLines(tenant, id, lines.subList(at, Math.min(at + BATCH_SIZE, lines.size())), at);
        }
    }

    private void insertLines(TenantId tenant, String id, List<InvoiceLine> lines, int offset) {
        jdbc.sql("""
                        INSERT INTO patchbay.provider_invoice_line
                          (tenant_id, invoice_id, n, subject, product, leg, quantity, cost, began_at)
                        SELECT :tenant, :id, :offset + s.n, coalesce(nullif(s.subject, ''), 'invoice:' || s.product),
                          s.product, s.leg::smallint, s.quantity::numeric, s.cost::numeric, s.began::timestamptz
                        FROM unnest(:subjects::text[], :products::text[], :legs::text[], :quantities::text[],
                          :costs::text[], :begins::text[]) WITH ORDINALITY
                          AS s(subject, product, leg, quantity, cost, began, n)""")
                .param("tenant", tenant.value())
                .param("id", id)
                .param("offset", offset)
                .param("subjects", column(lines, InvoiceLine::subject))
                .param("products", column(lines, InvoiceLine::product))
                .param("legs", column(lines, line -> Integer.toString(line.leg())))
                .param("quantities", column(lines, line -> line.quantity().toPlainString()))
                .param("costs", column(lines, line -> line.cost().toPlainString()))
                .param("begins", column(lines, line -> {
                    Instant began = line.beganAt();
                    return began == null ? null : began.toString();
                }))
                .update();
    }

    private static @Nullable String[] column(List<InvoiceLine> lines, Function<InvoiceLine, @Nullable String> value) {
        @Nullable String[] column = new String[lines.size()];
        for (int index = 0; index < column.length; index++) {
            column[index] = value.apply(lines.get(index));
        }
        return column;
    }

    Optional<Stored> find(TenantId tenant, String id) {
        return jdbc.sql("SELECT * FROM patchbay.provider_invoice WHERE tenant_id = :tenant AND invoice_id = :id")
                .param("tenant", tenant.value())
                .param("id", id)
                .query((row, number) -> stored(row))
                .optional();
    }

    /**
     * Finds an invoice as {@link #find} does and locks it, so that no other process reconciles or decides it until the
     * transaction ends.
     */
    Optional<Stored> lock(TenantId tenant, String id) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.provider_invoice
                        WHERE tenant_id = :tenant AND invoice_id = :id FOR UPDATE""")
                .param("tenant", tenant.value())
                .param("id", id)
                .query((row, number) -> stored(row))
                .optional();
    }

    /** Lists invoices, newest first, before the given id; an empty text starts at the newest. */
    List<Stored> list(TenantId tenant, Optional<String> month, int limit, String after) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.provider_invoice
                        WHERE tenant_id = :tenant AND (:month::text IS NULL OR month = :month)
                          AND (:after = '' OR invoice_id < :after)
                        ORDER BY invoice_id DESC LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("month", month.orElse(null))
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> stored(row))
                .list();
    }

    private static Stored stored(ResultSet row) throws SQLException {
        Timestamp reconciled = row.getTimestamp("reconciled_at");
        return new Stored(
                row.getString("invoice_id"),
                new ConnectionId(row.getString("connection_id")),
                row.getString("provider"),
                row.getString("month"),
                row.getTimestamp("starts_at").toInstant(),
                row.getTimestamp("ends_at").toInstant(),
                row.getString("currency"),
                row.getBigDecimal("stated_total"),
                row.getInt("lines"),
                row.getString("state"),
                row.getBigDecimal("ours"),
                row.getBigDecimal("rounding"),
                row.getInt("calls"),
                row.getInt("matched"),
                row.getTimestamp("received_at").toInstant(),
                reconciled == null ? null : reconciled.toInstant());
    }

    /** Compares both sides by subject, product and leg in one join, and returns those that differ. */
    List<Comparison> compare(TenantId tenant, Stored invoice) {
        // Hundreds of thousands of lines on each side are grouped in memory instead of in temporary files.
        jdbc.sql("SET LOCAL work_mem = '64MB'").update();
        return bind("""
                WITH theirs AS MATERIALIZED (
                  SELECT subject, product, leg, sum(quantity) AS quantity, sum(cost) AS cost, count(*)::int AS lines,
                    min(began_at) AS began_at
                  FROM patchbay.provider_invoice_line WHERE tenant_id = :tenant AND invoice_id = :id
                  GROUP BY 1, 2, 3 HAVING sum(cost) <> 0 OR sum(quantity) <> 0),
                ours AS MATERIALIZED (
                  SELECT subject, product, leg, sum(quantity) AS quantity, sum(cost) AS cost, min(occurred_at) AS began_at
                  FROM patchbay.usage_record
                  WHERE tenant_id = :tenant AND connection_id = :connection AND occurred_at >= :starts::timestamptz
                    AND occurred_at < :ends::timestamptz AND product <> 'call'
                  GROUP BY 1, 2, 3
                  HAVING sum(cost) <> 0 OR sum(quantity) <> 0),
                different AS MATERIALIZED (
                  SELECT subject, product, leg, o.quantity AS our_quantity, o.cost AS our_cost, t.quantity AS their_quantity,
                    t.cost AS their_cost, coalesce(t.lines, 0) AS lines, t.began_at AS their_start, o.began_at AS our_start
                  FROM theirs t FULL JOIN ours o USING (subject, product, leg)
                  WHERE t.cost IS DISTINCT FROM o.cost OR t.quantity IS DISTINCT FROM o.quantity),
                subjects AS MATERIALIZED (SELECT DISTINCT subject FROM different),
                listed AS MATERIALIZED (SELECT DISTINCT subject FROM theirs JOIN subjects USING (subject)),
                known AS MATERIALIZED (
                  SELECT subject, max(s.occurred_at) AS began_at
                  FROM patchbay.usage_snapshot s JOIN subjects USING (subject)
                  WHERE s.tenant_id = :tenant AND s.connection_id = :connection AND s.outcome <> 'vanished' GROUP BY 1),
                talk AS MATERIALIZED (
                  SELECT subject, sum(r.quantity) AS seconds FROM patchbay.usage_record r JOIN subjects USING (subject)
                  WHERE r.tenant_id = :tenant AND r.connection_id = :connection AND r.product = 'call' GROUP BY 1)
                SELECT d.*, coalesce(d.our_start, known.began_at) AS known_start, coalesce(talk.seconds, 0) AS talk,
                  listed.subject IS NOT NULL AS listed
                FROM different d LEFT JOIN listed USING (subject) LEFT JOIN known USING (subject) LEFT JOIN talk USING (subject)
                ORDER BY d.subject, d.product, d.leg""", tenant, invoice)
                .query((row, number) -> comparison(row))
                .list();
    }

    private static Comparison comparison(ResultSet row) throws SQLException {
        return new Comparison(
                row.getString("subject"),
                row.getString("product"),
                row.getInt("leg"),
                row.getBigDecimal("our_quantity"),
                row.getBigDecimal("our_cost"),
                row.getBigDecimal("their_quantity"),
                row.getBigDecimal("their_cost"),
                row.getInt("lines"),
                instant(row, "their_start"),
                instant(row, "known_start"),
                row.getBigDecimal("talk"),
                row.getBoolean("listed"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }

    /** Returns the sums of both sides. Reversals cancel the records that they reverse. */
    Totals sum(TenantId tenant, Stored invoice) {
        return bind("""
                SELECT o.cost AS ours, o.calls, t.cost AS theirs
                FROM (SELECT coalesce(sum(cost), 0) AS cost,
                        coalesce(sum(CASE WHEN product <> 'call' THEN 0 WHEN reverses_seq IS NULL THEN 1 ELSE -1 END), 0)
                          AS calls
                      FROM patchbay.usage_record
                      WHERE tenant_id = :tenant AND connection_id = :connection AND occurred_at >= :starts::timestamptz
                        AND occurred_at < :ends::timestamptz) o,
                     (SELECT coalesce(sum(cost), 0) AS cost FROM patchbay.provider_invoice_line
                      WHERE tenant_id = :tenant AND invoice_id = :id) t""", tenant, invoice)
                .query((row, number) ->
                        new Totals(row.getBigDecimal("ours"), row.getBigDecimal("theirs"), row.getInt("calls")))
                .single();
    }

    /**
     * Returns every product that was recorded for the connection in the last 100 days, and whether it is charged for seconds
     * beyond the call.
     */
    Map<String, Boolean> listProducts(TenantId tenant, Stored invoice) {
        var products = new HashMap<String, Boolean>();
        jdbc.sql("""
                        SELECT product, bool_or(metric = 'extra_seconds') AS surcharge FROM patchbay.usage_record
                        WHERE tenant_id = :tenant AND connection_id = :connection
                          AND occurred_at < :ends::timestamptz AND occurred_at >= :ends::timestamptz - interval '100 days'
                          AND reason <> 'invoice'
                        GROUP BY 1""")
                .param("tenant", tenant.value())
                .param("connection", invoice.connection().value())
                .param("ends", invoice.endsAt().toString())
                .query(row -> {
                    products.put(row.getString("product"), row.getBoolean("surcharge"));
                });
        return products;
    }

    /** Counts the calls of the period that began after the last call on the invoice. */
    int countNewer(TenantId tenant, Stored invoice) {
        return bind("""
                SELECT count(DISTINCT r.subject) FROM patchbay.usage_record r
                WHERE r.tenant_id = :tenant AND r.connection_id = :connection AND r.product = 'call'
                  AND r.occurred_at < :ends::timestamptz AND r.occurred_at >= :starts::timestamptz
                  AND r.occurred_at > (
                    SELECT max(l.began_at) FROM patchbay.provider_invoice_line l
                    WHERE l.tenant_id = :tenant AND l.invoice_id = :id)""", tenant, invoice).query(Integer.class).single();
    }

    void saveResult(
            TenantId tenant,
            Stored invoice,
            BigDecimal ours,
            BigDecimal rounding,
            int calls,
            int different,
            Instant now) {
        jdbc.sql("""
                        UPDATE patchbay.provider_invoice i
                        SET ours = :ours, rounding = :rounding, calls = :calls, matched = :calls - :different,
                            reconciled_at = :now::timestamptz,
                            state = CASE WHEN i.state = 'superseded' THEN i.state WHEN EXISTS (
                                SELECT FROM patchbay.provider_invoice_difference d
                                WHERE d.tenant_id = :tenant AND d.invoice_id = :id AND d.decision = 'open')
                              THEN 'open' ELSE 'settled' END
                        WHERE i.tenant_id = :tenant AND i.invoice_id = :id""")
                .param("tenant", tenant.value())
                .param("id", invoice.id())
                .param("ours", ours)
                .param("rounding", rounding)
                .param("calls", calls)
                .param("different", different)
                .param("now", now.toString())
                .update();
    }

    private JdbcClient.StatementSpec bind(String sql, TenantId tenant, Stored invoice) {
        return jdbc.sql(sql)
                .param("tenant", tenant.value())
                .param("connection", invoice.connection().value())
                .param("id", invoice.id())
                .param("starts", invoice.startsAt().toString())
                .param("ends", invoice.endsAt().toString());
    }
}
