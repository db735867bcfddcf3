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
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** Reads and writes the table {@code provider_invoice_difference} within the tenant's transaction. */
@Repository
class DifferenceRepository {

    private static final int BATCH_SIZE = 10_000;

    private final JdbcClient jdbc;

    DifferenceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A difference that the comparison has found.
     *
     * @param product empty text for a whole call
     * @param parts {@code [{product, leg, quantity, cost}]}, the parts that accepting the difference adds
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

    /**
     * Replaces the differences that are not accepted. A decision is kept when a difference of the same class and amount is
     * found again.
     */
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
        for (int at = 0; at < found.size(); at += BATCH_SIZE) {
            insert(tenant, invoice, found.subList(at, Math.min(at + BATCH_SIZE, found.size())));
        }
    }

    private void insert(TenantId tenant, String invoice, List<FoundDifference> found) {
        jdbc.sql("""
                        INSERT INTO patchbay.provider_invoice_difference (tenant_id, invoice_id, key, class, subject,
                          product, leg, our_quantity, our_cost, quantity, cost, amount, parts, began_at, decision)
                        SELECT :tenant, :id, s.key, s.class, s.subject, s.product, s.leg::smallint, s.our_quantity::numeric,
                          s.our_cost::numeric, s.quantity::numeric, s.cost::numeric, s.amount::numeric, s.parts::jsonb,
                          s.began::timestamptz, 'open'
                        FROM unnest(:keys::text[], :classes::text[], :subjects::text[], :products::text[], :legs::text[],
                          :ourQuantities::text[], :ourCosts::text[], :quantities::text[], :costs::text[],
                          :amounts::text[], :parts::text[], :begins::text[])
                          AS s(key, class, subject, product, leg, our_quantity, our_cost, quantity, cost, amount, parts, began)
                        ON CONFLICT (tenant_id, invoice_id, key) DO UPDATE
                        SET class = excluded.class, our_quantity = excluded.our_quantity, our_cost = excluded.our_cost,
                            quantity = excluded.quantity, cost = excluded.cost, amount = excluded.amount,
                            parts = excluded.parts, decision = 'open', decided_by = NULL, decided_at = NULL
                        WHERE provider_invoice_difference.decision = 'accepted'""")
                .param("tenant", tenant.value())
                .param("id", invoice)
                .param("keys", column(found, FoundDifference::key))
                .param("classes", column(found, it -> it.name().wireName()))
                .param("subjects", column(found, FoundDifference::subject))
                .param("products", column(found, FoundDifference::product))
                .param("legs", column(found, it -> Integer.toString(it.leg())))
                .param("ourQuantities", column(found, it -> plain(it.ourQuantity())))
                .param("ourCosts", column(found, it -> plain(it.ourCost())))
                .param("quantities", column(found, it -> plain(it.theirQuantity())))
                .param("costs", column(found, it -> plain(it.theirCost())))
                .param("amounts", column(found, it -> it.amount().toPlainString()))
                .param("parts", column(found, it -> Json.write(it.parts())))
                .param("begins", column(found, it -> Objects.toString(it.beganAt(), null)))
                .update();
    }

    private static @Nullable String plain(@Nullable BigDecimal number) {
        return number == null ? null : number.toPlainString();
    }

    private static @Nullable String[] column(
            List<FoundDifference> found, Function<FoundDifference, @Nullable String> value) {
        @Nullable String[] column = new String[found.size()];
        for (int index = 0; index < column.length; index++) {
            column[index] = value.apply(found.get(index));
        }
        return column;
    }

    /** Returns the sums of the differences that are not accepted, by class. */
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

    /** The parts of a difference that can still be decided. */
    record Undecided(
            String subject, JsonNode parts, @Nullable Instant beganAt) {}

    /** Returns the difference; empty when there is no such difference, or it was accepted. */
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
