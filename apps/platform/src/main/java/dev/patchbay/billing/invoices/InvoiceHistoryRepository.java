package dev.patchbay.billing.invoices;

import dev.patchbay.billing.subscriptions.Subscription;
import dev.patchbay.kernel.Money;
import dev.patchbay.kernel.TenantId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads how far a subscription is billed, and writes the tables {@code carried_period} and {@code period_rating}, within the
 * tenant's transaction.
 */
@Repository
class InvoiceHistoryRepository {

    private final JdbcClient jdbc;

    InvoiceHistoryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    InvoiceHistory read(TenantId tenant, Subscription subscription) {
        return new InvoiceHistory(
                readBilled(tenant, subscription),
                readPeriods(tenant, subscription, """
                        SELECT n FROM patchbay.invoice WHERE tenant_id = :tenant AND subscription_id = :subscription
                          AND kind = 'REGULAR' AND state <> 'VOID'"""),
                readPeriods(tenant, subscription, """
                        SELECT n FROM patchbay.carried_period
                        WHERE tenant_id = :tenant AND subscription_id = :subscription"""),
                readPeriods(tenant, subscription, """
                        SELECT n FROM patchbay.invoice WHERE tenant_id = :tenant AND subscription_id = :subscription
                          AND kind = 'REGULAR' AND state = 'VOID'"""),
                jdbc.sql("""
                        SELECT coalesce(max(seq_upto), 0) FROM patchbay.invoice
                        WHERE tenant_id = :tenant AND subscription_id = :subscription
                          AND kind <> 'CREDIT_NOTE' AND state <> 'VOID'""")
                        .param("tenant", tenant.value())
                        .param("subscription", subscription.id().value())
                        .query(Long.class)
                        .single());
    }

    private Map<InvoiceHistory.Key, Money> readBilled(TenantId tenant, Subscription subscription) {
        Currency currency = subscription.planTerms().currency();
        var billed = new HashMap<InvoiceHistory.Key, Money>();
        jdbc.sql("""
                        SELECT l.n, l.charge, sum(l.amount) AS amount
                        FROM patchbay.invoice_line l
                        JOIN patchbay.invoice i ON i.tenant_id = l.tenant_id AND i.invoice_id = l.invoice_id
                        WHERE l.tenant_id = :tenant AND l.subscription_id = :subscription
                          AND i.kind <> 'CREDIT_NOTE' AND i.state <> 'VOID'
                        GROUP BY l.n, l.charge""")
                .param("tenant", tenant.value())
                .param("subscription", subscription.id().value())
                .query(row -> {
                    billed.put(
                            new InvoiceHistory.Key(row.getInt("n"), row.getString("charge")),
                            Money.of(row.getBigDecimal("amount"), currency));
                });
        return billed;
    }

    private Set<Integer> readPeriods(TenantId tenant, Subscription subscription, String query) {
        return new HashSet<>(jdbc.sql(query)
                .param("tenant", tenant.value())
                .param("subscription", subscription.id().value())
                .query(Integer.class)
                .list());
    }

    void carry(TenantId tenant, Subscription subscription, InvoiceDraft draft, Instant now) {
        jdbc.sql("""
                        INSERT INTO patchbay.carried_period (tenant_id, subscription_id, n, seq_upto, total, carried_at)
                        VALUES (:tenant, :subscription, :n, :upto, :total, :now)""")
                .param("tenant", tenant.value())
                .param("subscription", subscription.id().value())
                .param("n", draft.n())
                .param("upto", draft.upto())
                .param("total", draft.totals().total().amount())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Stores the rating; returns false when the same inputs had another result. */
    boolean remember(TenantId tenant, Subscription subscription, RatedPeriod rated, Instant now) {
        jdbc.sql("""
                        INSERT INTO patchbay.period_rating (tenant_id, subscription_id, n, inputs, result, seq_upto, rated_at)
                        VALUES (:tenant, :subscription, :n, :inputs, :result, :upto, :now) ON CONFLICT DO NOTHING""")
                .param("tenant", tenant.value())
                .param("subscription", subscription.id().value())
                .param("n", rated.period().n())
                .param("inputs", rated.inputs())
                .param("result", rated.result())
                .param("upto", rated.upto())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        byte[] stored = jdbc.sql("""
                        SELECT result FROM patchbay.period_rating
                        WHERE tenant_id = :tenant AND subscription_id = :subscription AND n = :n AND inputs = :inputs""")
                .param("tenant", tenant.value())
                .param("subscription", subscription.id().value())
                .param("n", rated.period().n())
                .param("inputs", rated.inputs())
                .query((row, number) -> row.getBytes("result"))
                .single();
        return Arrays.equals(stored, rated.result());
    }
}
