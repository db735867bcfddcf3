package dev.patchbay.billing.invoices;

import dev.patchbay.billing.rating.LineKind;
import dev.patchbay.kernel.Money;
import dev.patchbay.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes the table {@code invoice_line} within the tenant's transaction. */
@Repository
class InvoiceLineRepository {

    private final JdbcClient jdbc;

    InvoiceLineRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<InvoiceLine> list(TenantId tenant, Invoice invoice) {
        Currency currency = invoice.net().currency();
        return jdbc.sql("""
                        SELECT * FROM patchbay.invoice_line
                        WHERE tenant_id = :tenant AND invoice_id = :invoice ORDER BY line""")
                .param("tenant", tenant.value())
                .param("invoice", invoice.id().value())
                .query((row, number) -> read(row, currency))
                .list();
    }

    /** Inserts all lines of an invoice by one statement. */
    void insert(TenantId tenant, Invoice invoice, List<InvoiceLine> lines) {
        jdbc.sql("""
                        INSERT INTO patchbay.invoice_line (tenant_id, invoice_id, subscription_id, line, n, charge, kind, of_cost,
                          rule, quantity, exact, amount, net, tax_percent, tax, seq_after, seq_upto, corrects_line)
                        SELECT :tenant, :invoice, :subscription, l.* FROM unnest(:lines::int[], :periods::int[],
                          :charges::text[], :kinds::text[], :ofCost::boolean[], :rules::text[], :quantities::text[],
                          :exact::text[], :amounts::numeric[], :nets::numeric[], :percents::numeric[], :taxes::numeric[],
                          :after::bigint[], :upto::bigint[], :corrects::int[]) AS l""")
                .param("tenant", tenant.value())
                .param("invoice", invoice.id().value())
                .param("subscription", invoice.subscription().value())
                .param("lines", column(lines, InvoiceLine::line))
                .param("periods", column(lines, InvoiceLine::n))
                .param("charges", column(lines, InvoiceLine::charge))
                .param("kinds", column(lines, line -> line.kind().name()))
                .param("ofCost", column(lines, InvoiceLine::ofCost))
                .param("rules", column(lines, InvoiceLine::rule))
                .param("quantities", column(lines, InvoiceLine::quantity))
                .param("exact", column(lines, InvoiceLine::exact))
                .param("amounts", column(lines, line -> line.amount().amount()))
                .param("nets", column(lines, line -> line.net().amount()))
                .param("percents", column(lines, line -> line.taxPercent().toPlainString()))
                .param("taxes", column(lines, line -> line.tax().amount()))
                .param("after", column(lines, InvoiceLine::after))
                .param("upto", column(lines, InvoiceLine::upto))
                .param("corrects", column(lines, InvoiceLine::correctsLine))
                .update();
    }

    private static @Nullable String[] column(List<InvoiceLine> lines, Function<InvoiceLine, @Nullable Object> value) {
        return lines.stream()
                .map(value)
                .map(element -> element == null ? null : element.toString())
                .toArray(String[]::new);
    }

    /** Returns the net amounts of the invoice's lines that credit notes have taken back, by the number of the line. */
    Map<Integer, Money> listCredited(TenantId tenant, Invoice invoice) {
        var credited = new HashMap<Integer, Money>();
        jdbc.sql("""
                        SELECT l.corrects_line AS line, -sum(l.net) AS net FROM patchbay.invoice_line l
                        JOIN patchbay.invoice i ON i.tenant_id = l.tenant_id AND i.invoice_id = l.invoice_id
                        WHERE i.tenant_id = :tenant AND i.corrects = :invoice AND i.state <> 'VOID' GROUP BY 1""")
                .param("tenant", tenant.value())
                .param("invoice", invoice.id().value())
                .query(row -> {
                    credited.put(
                            row.getInt("line"),
                            Money.of(row.getBigDecimal("net"), invoice.net().currency()));
                });
        return credited;
    }

    private static InvoiceLine read(ResultSet row, Currency currency) throws SQLException {
        return new InvoiceLine(
                row.getInt("line"),
                row.getInt("n"),
                row.getString("charge"),
                LineKind.valueOf(row.getString("kind")),
                row.getBoolean("of_cost"),
                row.getString("rule"),
                row.getString("quantity"),
                row.getString("exact"),
                Money.of(row.getBigDecimal("amount"), currency),
                Money.of(row.getBigDecimal("net"), currency),
                row.getBigDecimal("tax_percent"),
                Money.of(row.getBigDecimal("tax"), currency),
                row.getLong("seq_after"),
                row.getLong("seq_upto"),
                row.getObject("corrects_line", Integer.class));
    }
}
