package dev.patchbay.billing.invoices;

import static dev.patchbay.billing.SubscriptionFixture.TIERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.patchbay.billing.SubscriptionFixture;
import dev.patchbay.kernel.database.Tenancy;
import dev.patchbay.testing.PatchbayTest;
import dev.patchbay.testing.TestEnvironment;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Attempts to break an invariant of money by SQL, with the application's rights and with all rights: each one is refused. */
@PatchbayTest
class MoneyConstraintTests {

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Tenancy tenancy;

    @Autowired
    private JdbcClient jdbc;

    private SubscriptionFixture fixture;
    private String tenant;
    private String subscription;
    private String invoice;

    @BeforeEach
    void finalizeOneInvoice() {
        fixture = new SubscriptionFixture(application);
        tenant = fixture.agency.tenant.value();
        subscription = fixture.subscribe(TIERS);
        fixture.call("call_1", 1, 0, 660, "0.10");
        invoice = fixture.finalizePeriod(subscription, 1).at("/invoice/id").asString();
    }

    private String fill(String sql) {
        return sql.replace("$tenant", "'" + tenant + "'")
                .replace("$subscription", "'" + subscription + "'")
                .replace("$invoice", "'" + invoice + "'")
                .replace("$client", "'" + fixture.client + "'")
                .replace("$receivable", "'receivable/" + fixture.client + "/USD'")
                .replace("$revenue", "'revenue/" + fixture.client + "/talk/USD'");
    }

    private void attempt(String sql) {
        tenancy.inTenant(fixture.agency.tenant, () -> {
            for (String statement : fill(sql).split(";", -1)) {
                jdbc.sql(statement).update();
            }
        });
    }

    /** Returns everything that must not change. */
    private String digest() {
        return tenancy.inTenant(
                fixture.agency.tenant, () -> jdbc.sql("""
                        SELECT md5(string_agg(r, ',' ORDER BY r)) FROM (
                          SELECT to_jsonb(i)::text AS r FROM patchbay.invoice i
                          UNION ALL SELECT to_jsonb(l)::text FROM patchbay.invoice_line l
                          UNION ALL SELECT to_jsonb(t)::text FROM patchbay.transfer t
                          UNION ALL SELECT to_jsonb(s)::text FROM patchbay.invoice_series s
                          UNION ALL SELECT to_jsonb(p)::text FROM patchbay.billing_period p
                          UNION ALL SELECT to_jsonb(v)::text FROM patchbay.subscription v) rows""").query(String.class).single());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Finalized invoices do not change.
                "UPDATE patchbay.invoice SET total = 1",
                "UPDATE patchbay.invoice SET state = 'FINALIZED'",
                "UPDATE patchbay.invoice SET reason = 'other'",
                "UPDATE patchbay.invoice SET state = 'VOID'",
                "UPDATE patchbay.invoice SET number = 2",
                "DELETE FROM patchbay.invoice",
                "UPDATE patchbay.invoice_line SET amount = 1",
                "DELETE FROM patchbay.invoice_line",
                "UPDATE patchbay.invoice_line SET rule = 'other'",
                "TRUNCATE patchbay.invoice CASCADE",
                // Transfers and accounts are only added.
                "UPDATE patchbay.transfer SET amount = 1",
                "DELETE FROM patchbay.transfer",
                "UPDATE patchbay.account SET currency = 'EUR'",
                "DELETE FROM patchbay.account",
                // Numbers have no gap.
                "UPDATE patchbay.invoice_series SET last = last + 1",
                "UPDATE patchbay.invoice_series SET last = last + 2",
                "UPDATE patchbay.invoice_series SET last = 0",
                "DELETE FROM patchbay.invoice_series",
                "INSERT INTO patchbay.invoice_series (tenant_id, series, last) VALUES ($tenant, 'OTHER', 7)",
                "INSERT INTO patchbay.invoice_series (tenant_id, series) VALUES ($tenant, 'lower')",
                // Terms and periods stay.
                "UPDATE patchbay.subscription SET terms = '{}'",
                "UPDATE patchbay.subscription SET tax_percent = 0",
                "DELETE FROM patchbay.subscription",
                "UPDATE patchbay.billing_period SET ends_on = ends_on + 1, ends_at = ends_at + interval '1 day'",
                "UPDATE patchbay.billing_period SET ends_on = ends_on - 1, ends_at = ends_at - interval '1 day' WHERE n = 3",
                "UPDATE patchbay.billing_period SET starts_on = starts_on - 1",
                "DELETE FROM patchbay.billing_period",
                "UPDATE patchbay.period_rating SET result = inputs",
                "DELETE FROM patchbay.period_rating",
                "DELETE FROM patchbay.carried_period"
            })
    void nothingThatIsStoredChanges(String sql) {
        String before = digest();
        assertThatThrownBy(() -> attempt(sql)).isNotInstanceOf(AssertionError.class);
        assertThat(digest()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE patchbay.invoice SET total = 1, net = 1, tax = 0 WHERE tenant_id = $tenant",
                "UPDATE patchbay.invoice SET subtotal = 1 WHERE tenant_id = $tenant",
                "DELETE FROM patchbay.invoice WHERE tenant_id = $tenant",
                "UPDATE patchbay.invoice_line SET rule = 'other' WHERE tenant_id = $tenant",
                "DELETE FROM patchbay.invoice_line WHERE tenant_id = $tenant",
                "TRUNCATE patchbay.invoice, patchbay.invoice_line",
                "UPDATE patchbay.transfer SET value_on = value_on - 1 WHERE tenant_id = $tenant",
                "DELETE FROM patchbay.transfer WHERE tenant_id = $tenant",
                "TRUNCATE patchbay.transfer",
                "UPDATE patchbay.account SET kind = 'TAX' WHERE tenant_id = $tenant",
                "UPDATE patchbay.invoice_series SET last = 0 WHERE tenant_id = $tenant",
                "UPDATE patchbay.subscription SET terms = '{}' WHERE tenant_id = $tenant"
            })
    void notEvenAllRightsChangeWhatIsFinal(String sql) throws SQLException {
        String before = digest();
        try (var connection = DriverManager.getConnection(
                        TestEnvironment.POSTGRES.jdbcUrl("patchbay"),
                        TestEnvironment.POSTGRES.superuser(),
                        TestEnvironment.POSTGRES.password());
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(fill(sql)))
                    .isInstanceOf(SQLException.class)
                    .extracting(refused -> ((SQLException) refused).getSQLState())
                    .isEqualTo("23514");
        }
        assertThat(digest()).isEqualTo(before);
    }

    private static String transfer(String debit, String credit, String currency, String amount, String reverses) {
        return "INSERT INTO patchbay.transfer (tenant_id, source, n, debit, credit, currency, amount, booked_at, value_on,"
                + " correlation_id, reverses_source, reverses_n) VALUES ($tenant, 'test', 1, " + debit + ", " + credit
                + ", '"
                + currency + "', " + amount + ", now(), current_date, 'cor_1', " + reverses + ")";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "$receivable | $receivable | USD | 1 | NULL, NULL",
                "$receivable | $revenue | USD | 0 | NULL, NULL",
                "$receivable | $revenue | USD | -1 | NULL, NULL",
                "$receivable | $revenue | USD | 'NaN' | NULL, NULL",
                "$receivable | $revenue | USD | 'Infinity' | NULL, NULL",
                "$receivable | $revenue | USD | 1e15 | NULL, NULL",
                "$receivable | $revenue | USD | 0.0000000000000000001 | NULL, NULL",
                "$receivable | $revenue | EUR | 1 | NULL, NULL",
                "$receivable | 'unknown' | USD | 1 | NULL, NULL",
                "'unknown' | $revenue | USD | 1 | NULL, NULL",
                "$receivable | $revenue | USD | 5.20 | concat('invoice/', $invoice), 1",
                "$revenue | $receivable | USD | 5.21 | concat('invoice/', $invoice), 1",
                "$revenue | $receivable | USD | 5.20 | concat('invoice/', $invoice), 9",
                "$revenue | $receivable | USD | 5.20 | concat('invoice/', $invoice), NULL"
            })
    void aTransferThatIsNotBalancedIsRefused(
            String debit, String credit, String currency, String amount, String reverses) {
        String before = digest();
        assertThatThrownBy(() -> attempt(transfer(debit, credit, currency, amount, reverses)))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(digest()).isEqualTo(before);
    }

    @Test
    void aTransferIsReversedOnceAndAFactPostedOnce() {
        String mirror = transfer("$revenue", "$receivable", "USD", "5.20", "concat('invoice/', $invoice), 1");
        attempt(mirror);
        assertThatThrownBy(() -> attempt(mirror)).isInstanceOf(DuplicateKeyException.class);
        assertThatThrownBy(() -> attempt(mirror.replace("'test'", "'again'")))
                .isInstanceOf(DuplicateKeyException.class);
    }

    private static String invoice(String number, String values) {
        return "UPDATE patchbay.invoice_series SET last = last + 1 WHERE series = 'INV';"
                + "INSERT INTO patchbay.invoice (tenant_id, invoice_id, client_id, subscription_id, n, kind, series, number, currency,"
                + " subtotal, net, tax, total, lines, seq_upto, inputs, finalized_at, finalized_by) VALUES ($tenant, 'inv_test',"
                + " $client, $subscription, 2, 'REGULAR', 'INV', " + number + ", 'USD', " + values
                + ", 0, '\\x00', now(), 'test')";
    }

    private static String line(String line, String amount) {
        return ";INSERT INTO patchbay.invoice_line (tenant_id, invoice_id, line, subscription_id, n, charge, kind, of_cost, rule,"
                + " quantity, exact, amount, net, tax_percent, tax, seq_after, seq_upto) VALUES ($tenant, 'inv_test', "
                + line
                + ", $subscription, 2, 'talk', 'USAGE', false, '', '1', '1', " + amount + ", " + amount
                + ", 0, 0, 0, 0)";
    }

    @Test
    void anInvoiceIsTheSumOfItsLines() {
        String before = digest();
        assertThatThrownBy(() -> attempt(invoice("2", "1, 1, 0, 1, 1") + line("1", "2")))
                .rootCause()
                .hasMessageContaining("is not the sum of its lines");
        assertThatThrownBy(() -> attempt(invoice("2", "1, 1, 0, 1, 1")))
                .rootCause()
                .hasMessageContaining("is not the sum of its lines");
        assertThatThrownBy(() -> attempt(invoice("2", "1, 1, 0, 2, 1") + line("1", "1")))
                .hasMessageContaining("invoice_check");
        assertThatThrownBy(() -> attempt(invoice("3", "1, 1, 0, 1, 1") + line("1", "1")))
                .hasMessageContaining("takes the last number");
        assertThat(digest()).isEqualTo(before);

        attempt(invoice("2", "1, 1, 0, 1, 1") + line("1", "1"));
        assertThatThrownBy(() -> attempt((line("2", "1") + line("3", "-1")).substring(1)))
                .rootCause()
                .hasMessageContaining("is not the sum of its lines");
        assertThatThrownBy(
                        () -> attempt(invoice("3", "1, 1, 0, 1, 1").replace("inv_test", "inv_again") + line("4", "1")))
                .hasMessageContaining("invoice_of_period");
    }

    private void attemptPeriod(String moments, String follows) {
        attempt("INSERT INTO patchbay.billing_period SELECT tenant_id, subscription_id, 9, " + moments
                + ", ends_on, ends_on + 1, whole_from, whole_to + 9, zone, " + follows
                + " FROM patchbay.billing_period WHERE n = 4");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "ends_at + interval '1 day', ends_at + interval '2 days' | ends_at + interval '1 day'",
                "ends_at - interval '1 day', ends_at + interval '2 days' | ends_at - interval '1 day'",
                "ends_at, ends_at | ends_at",
                "ends_at, ends_at + interval '2 days' | NULL"
            })
    void aPeriodHasNoGapAndNoOverlap(String moments, String follows) {
        assertThatThrownBy(() -> attemptPeriod(moments, follows)).isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void aClientHasOneSubscriptionAtATime() {
        assertThatThrownBy(() -> attempt("""
                        INSERT INTO patchbay.subscription (tenant_id, subscription_id, client_id, plan_id, version, terms, digest,
                          currency, anchor_day, tax_percent, starts_on, created_by, created_at)
                        SELECT tenant_id, 'sub_other', client_id, plan_id, version, terms, digest, currency, anchor_day, tax_percent,
                          starts_on + 500, created_by, created_at FROM patchbay.subscription""")).hasMessageContaining("subscription_apart");
    }
}
