package dev.patchbay.billing.invoices;

import dev.patchbay.billing.InvoiceId;
import dev.patchbay.billing.SubscriptionId;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.Money;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes the tables {@code invoice} and {@code invoice_series} within the tenant's transaction. */
@Repository
class InvoiceRepository {

    private final JdbcClient jdbc;

    InvoiceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The selection of a list; null for all clients and all subscriptions. */
    record Filter(@Nullable String client, @Nullable String subscription) {}

    /** Returns the invoices within the scope, newest first, before the given id. */
    List<Invoice> list(TenantScope scope, Filter filter, String before, int limit) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.invoice
                        WHERE tenant_id = :tenant AND (:before = '' OR invoice_id < :before)
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped::text[]))
                          AND (:client::text IS NULL OR client_id = :client)
                          AND (:subscription::text IS NULL OR subscription_id = :subscription)
                        ORDER BY invoice_id DESC LIMIT :limit""")
                .param("tenant", scope.tenant().value())
                .param("scoped", scope.scoped())
                .param("client", filter.client())
                .param("subscription", filter.subscription())
                .param("before", before)
                .param("limit", limit)
                .query((row, number) -> read(row))
                .list();
    }

    Optional<Invoice> find(TenantScope scope, InvoiceId invoice) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.invoice WHERE tenant_id = :tenant AND invoice_id = :invoice
                          AND (:scoped::text[] IS NULL OR client_id = ANY (:scoped::text[]))""")
                .param("tenant", scope.tenant().value())
                .param("invoice", invoice.value())
                .param("scoped", scope.scoped())
                .query((row, number) -> read(row))
                .optional();
    }

    /** Returns the period's invoice that is not void. */
    Optional<InvoiceId> findRegular(TenantId tenant, SubscriptionId subscription, int n) {
        return jdbc.sql("""
                        SELECT invoice_id FROM patchbay.invoice
                        WHERE tenant_id = :tenant AND subscription_id = :subscription AND n = :n
                          AND kind = 'REGULAR' AND state <> 'VOID'""")
                .param("tenant", tenant.value())
                .param("subscription", subscription.value())
                .param("n", n)
                .query((row, number) -> new InvoiceId(row.getString("invoice_id")))
                .optional();
    }

    /** Returns the printed number of an invoice that builds on the given one, so that the given one cannot be voided. */
    Optional<Invoice> findDependent(TenantId tenant, Invoice invoice) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.invoice
                        WHERE tenant_id = :tenant AND subscription_id = :subscription AND state <> 'VOID'
                          AND (corrects = :invoice OR kind <> 'CREDIT_NOTE' AND :isBilling AND number > :number)
                        ORDER BY number DESC LIMIT 1""")
                .param("tenant", tenant.value())
                .param("subscription", invoice.subscription().value())
                .param("invoice", invoice.id().value())
                .param("isBilling", invoice.kind() != InvoiceKind.CREDIT_NOTE)
                .param("number", invoice.number())
                .query((row, number) -> read(row))
                .optional();
    }

    /** Takes the next number; the series stays locked until the transaction ends. */
    long takeNumber(TenantId tenant, String series) {
        jdbc.sql("""
                        INSERT INTO patchbay.invoice_series (tenant_id, series) VALUES (:tenant, :series)
                        ON CONFLICT DO NOTHING""").param("tenant", tenant.value()).param("series", series).update();
        return jdbc.sql("""
                        UPDATE patchbay.invoice_series SET last = last + 1
                        WHERE tenant_id = :tenant AND series = :series RETURNING last""")
                .param("tenant", tenant.value())
                .param("series", series)
                .query(Long.class)
                .single();
    }

    /** @param inputs the digest of everything that the amounts were computed from */
    void insert(TenantId tenant, Invoice invoice, int lines, byte[] inputs) {
        InvoiceId corrects = invoice.corrects();
        jdbc.sql("""
                        INSERT INTO patchbay.invoice (tenant_id, invoice_id, client_id, subscription_id, n, kind, series, number,
                          corrects, currency, subtotal, net, tax, total, lines, seq_upto, inputs, finalized_at, finalized_by,
                          reason)
                        VALUES (:tenant, :invoice, :client, :subscription, :n, :kind, :series, :number, :corrects, :currency,
                          :subtotal, :net, :tax, :total, :lines, :upto, :inputs, :now, :actor, :reason)""")
                .param("tenant", tenant.value())
                .param("invoice", invoice.id().value())
                .param("client", invoice.client().value())
                .param("subscription", invoice.subscription().value())
                .param("n", invoice.n())
                .param("kind", invoice.kind().name())
                .param("series", invoice.series())
                .param("number", invoice.number())
                .param("corrects", corrects == null ? null : corrects.value())
                .param("currency", invoice.net().currency().getCurrencyCode())
                .param("subtotal", invoice.subtotal().amount())
                .param("net", invoice.net().amount())
                .param("tax", invoice.tax().amount())
                .param("total", invoice.total().amount())
                .param("lines", lines)
                .param("upto", invoice.upto())
                .param("inputs", inputs)
                .param("now", invoice.finalizedAt().atOffset(ZoneOffset.UTC))
                .param("actor", invoice.finalizedBy())
                .param("reason", invoice.reason())
                .update();
    }

    void markVoid(TenantId tenant, InvoiceId invoice, String actor, String reason, Instant now) {
        jdbc.sql("""
                        UPDATE patchbay.invoice SET state = 'VOID', voided_at = :now, voided_by = :actor, reason = :reason
                        WHERE tenant_id = :tenant AND invoice_id = :invoice""")
                .param("tenant", tenant.value())
                .param("invoice", invoice.value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("actor", actor)
                .param("reason", reason)
                .update();
    }

    private static Invoice read(ResultSet row) throws SQLException {
        Currency currency = Currency.getInstance(row.getString("currency"));
        String corrects = row.getString("corrects");
        return new Invoice(
                new InvoiceId(row.getString("invoice_id")),
                new ClientId(row.getString("client_id")),
                new SubscriptionId(row.getString("subscription_id")),
                row.getInt("n"),
                InvoiceKind.valueOf(row.getString("kind")),
                InvoiceState.valueOf(row.getString("state")),
                row.getString("series"),
                row.getLong("number"),
                corrects == null ? null : new InvoiceId(corrects),
                Money.of(row.getBigDecimal("subtotal"), currency),
                Money.of(row.getBigDecimal("net"), currency),
                Money.of(row.getBigDecimal("tax"), currency),
                row.getLong("seq_upto"),
                row.getTimestamp("finalized_at").toInstant(),
                row.getString("finalized_by"),
                toInstant(row.getTimestamp("voided_at")),
                row.getString("reason"));
    }

    private static @Nullable Instant toInstant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
