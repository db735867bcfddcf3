package dev.patchbay.usage.reconciliation;

import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.usage.reconciliation.InvoiceView.ClassSum;
import dev.patchbay.usage.reconciliation.InvoiceView.Difference;
import dev.patchbay.usage.reports.Amount;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** The table {@code provider_invoice_difference}; in the tenant's transaction. */
@Repository
class DifferenceRepository {

    private final JdbcClient jdbc;

    DifferenceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A difference as it is found.
     *
     * @param product empty text for a whole call
     * @param parts {@code [{product, leg, quantity, cost}]}: what accepting it adds
     */
    record FoundDifference(
            String key,
            DifferenceClass name,
            String subject,
            String product,
            int leg,
            @Nullable BigDecimal ourQuantity,
            @Nullable BigDecimal ourCost,
            @Nullable BigDecimal theirQuantity,
            @Nullable BigDecimal theirCost,
            BigDecimal amount,
            JsonNode parts,
            @Nullable Instant beganAt) {}

    /** Replaces the differences that are not accepted; a decision stays with a difference of the same class and amount. */
    void replace(TenantId tenant, String invoice, List<FoundDifference> found) {
        jdbc.sql("""
                        DELETE FROM patchbay.provider_invoice_difference
                        WHERE tenant_id = :tenant AND invoice_id = :id AND decision <> 'accepted'
                          AND NOT (decision <> 'open' AND (key || ' ' || class || ' ' || amount) = ANY (:kept::text[]))""")
                .param("tenant", tenant.value())
                .param("id", invoice)
                .param(
                        "kept",
                        found.stream()
                                .map(it -> it.key() + " " + it.name().wireName() + " "
                                        + it.amount().toPlainString())
                                .toArray(String[]::new))
                .update();
        for (FoundDifference difference : found) {
            Instant began = difference.beganAt();
            jdbc.sql("""
                            INSERT INTO patchbay.provider_invoice_difference (tenant_id, invoice_id, key, class, subject,
                              product, leg, our_quantity, our_cost, quantity, cost, amount, parts, began_at, decision)
                            VALUES (:tenant, :id, :key, :class, :subject, :product, :leg, :ourQuantity::numeric,
                              :ourCost::numeric, :quantity::numeric, :cost::numeric, :amount, :parts::jsonb,
                              :began::timestamptz, 'open')
                            ON CONFLICT (tenant_id, invoice_id, key) DO UPDATE
                            SET class = excluded.class, our_quantity = excluded.our_quantity, our_cost = excluded.our_cost,
                                quantity = excluded.quantity, cost = excluded.cost, amount = excluded.amount,
                                parts = excluded.parts, decision = 'open', decided_by = NULL, decided_at = NULL
                            WHERE provider_invoice_difference.decision = 'accepted'""")
                    .param("tenant", tenant.value())
                    .param("id", invoice)
                    .param("key", difference.key())
                    .param("class", difference.name().wireName())
                    .param("subject", difference.subject())
                    .param("product", difference.product())
                    .param("leg", difference.leg())
                    .param("ourQuantity", difference.ourQuantity())
                    .param("ourCost", difference.ourCost())
                    .param("quantity", difference.theirQuantity())
                    .param("cost", difference.theirCost())
                    .param("amount", difference.amount())
                    .param("parts", Json.write(difference.parts()))
                    .param("began", began == null ? null : began.toString())
                    .update();
        }
    }

    /** The differences that are not accepted, by class. */
    List<ClassSum> sumByClass(TenantId tenant, String invoice, String currency) {
        return jdbc.sql("""
                        SELECT class, count(*) AS differences, sum(amount) AS amount
                        FROM patchbay.provider_invoice_difference
                        WHERE tenant_id = :tenant AND invoice_id = :id AND decision <> 'accepted' GROUP BY 1 ORDER BY 1""")
                .param("tenant", tenant.value())
                .param("id", invoice)
                .query((row, number) -> new ClassSum(
                        DifferenceClass.ofWireName(row.getString("class")),
                        row.getInt("differences"),
                        Amount.of(row.getBigDecimal("amount"), currency)))
                .list();
    }

    List<Difference> list(
            TenantId tenant, String invoice, String currency, Optional<DifferenceClass> name, int limit, String after) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.provider_invoice_difference
                        WHERE tenant_id = :tenant AND invoice_id = :id AND key > :after
                          AND (:class::text IS NULL OR class = :class)
                        ORDER BY key LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("id", invoice)
                .param("class", name.map(DifferenceClass::wireName).orElse(null))
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> difference(row, currency))
                .list();
    }

    private static Difference difference(ResultSet row, String currency) throws SQLException {
        String subject = row.getString("subject");
        String product = row.getString("product");
        Timestamp decidedAt = row.getTimestamp("decided_at");
        return new Difference(
                row.getString("key"),
                DifferenceClass.ofWireName(row.getString("class")),
                subject.startsWith(Comparison.WITHOUT_CALL) ? null : subject,
                product.isEmpty() ? null : product,
                row.getInt("leg"),
                quantity(row, "our_quantity"),
                amount(row, "our_cost", currency),
                quantity(row, "quantity"),
                amount(row, "cost", currency),
                Amount.of(row.getBigDecimal("amount"), currency),
                Decision.ofWireName(row.getString("decision")),
                row.getString("decided_by"),
                decidedAt == null ? null : decidedAt.toInstant());
    }

    private static @Nullable String quantity(ResultSet row, String column) throws SQLException {
        BigDecimal value = row.getBigDecimal(column);
        return value == null ? null : value.toPlainString();
    }

    private static @Nullable Amount amount(ResultSet row, String column, String currency) throws SQLException {
        BigDecimal value = row.getBigDecimal(column);
        return value == null ? null : Amount.of(value, currency);
    }

    /** The parts of a difference, while it may still be decided. */
    record Undecided(
            String subject, JsonNode parts, @Nullable Instant beganAt) {}

    /** Empty when there is no such difference, or it was accepted. */
    Optional<Undecided> findUndecided(TenantId tenant, String invoice, String key) {
        return jdbc.sql("""
                        SELECT subject, parts, began_at FROM patchbay.provider_invoice_difference
                        WHERE tenant_id = :tenant AND invoice_id = :id AND key = :key AND decision <> 'accepted'
                        FOR UPDATE""")
                .param("tenant", tenant.value())
                .param("id", invoice)
                .param("key", key)
                .query((row, number) -> {
                    Timestamp began = row.getTimestamp("began_at");
                    return new Undecided(
                            row.getString("subject"),
                            Json.read(row.getString("parts")),
                            began == null ? null : began.toInstant());
                })
                .optional();
    }

    void decide(TenantId tenant, String invoice, String key, Decision decision, String actor, Instant now) {
        jdbc.sql("""
                        UPDATE patchbay.provider_invoice_difference
                        SET decision = :decision, decided_by = :actor, decided_at = :now::timestamptz
                        WHERE tenant_id = :tenant AND invoice_id = :id AND key = :key""")
                .param("tenant", tenant.value())
                .param("id", invoice)
                .param("key", key)
                .param("decision", decision.wireName())
                .param("actor", actor)
                .param("now", now.toString())
                .update();
    }
}
