package dev.patchbay.billing.ledger;

import dev.patchbay.billing.ledger.Posting.Movement;
import dev.patchbay.billing.ledger.TrialBalance.AccountBalance;
import dev.patchbay.billing.ledger.TrialBalance.CurrencyTotal;
import dev.patchbay.kernel.ClientId;
import dev.patchbay.kernel.TenantId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes the tables {@code account} and {@code transfer} within the tenant's transaction. */
@Repository
class LedgerRepository {

    private final JdbcClient jdbc;

    LedgerRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void open(TenantId tenant, Account account) {
        ClientId client = account.client();
        jdbc.sql("""
                        INSERT INTO patchbay.account (tenant_id, account_id, kind, client_id, currency)
                        VALUES (:tenant, :account, :kind, :client, :currency) ON CONFLICT DO NOTHING""")
                .param("tenant", tenant.value())
                .param("account", account.id())
                .param("kind", account.kind().name())
                .param("client", client == null ? null : client.value())
                .param("currency", account.currency().getCurrencyCode())
                .update();
    }

    void insert(TenantId tenant, Posting posting, int n, Movement movement, String correlation, Instant now) {
        jdbc.sql("""
                        INSERT INTO patchbay.transfer (tenant_id, source, n, debit, credit, currency, amount, booked_at,
                          value_on, correlation_id)
                        VALUES (:tenant, :source, :n, :debit, :credit, :currency, :amount, :now, :valueOn, :correlation)""")
                .param("tenant", tenant.value())
                .param("source", posting.source())
                .param("n", n)
                .param("debit", movement.debit().id())
                .param("credit", movement.credit().id())
                .param("currency", movement.amount().currency().getCurrencyCode())
                .param("amount", movement.amount().amount())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("valueOn", posting.valueOn())
                .param("correlation", correlation)
                .update();
    }

    /** Inserts the mirror of each transfer of a source. */
    void reverse(TenantId tenant, String source, String reversal, LocalDate valueOn, String correlation, Instant now) {
        jdbc.sql("""
                        INSERT INTO patchbay.transfer (tenant_id, source, n, debit, credit, currency, amount, booked_at,
                          value_on, reverses_source, reverses_n, correlation_id)
                        SELECT tenant_id, :reversal, n, credit, debit, currency, amount, :now, :valueOn, source, n, :correlation
                        FROM patchbay.transfer WHERE tenant_id = :tenant AND source = :source""")
                .param("tenant", tenant.value())
                .param("source", source)
                .param("reversal", reversal)
                .param("valueOn", valueOn)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("correlation", correlation)
                .update();
    }

    List<CurrencyTotal> sumByCurrency(TenantId tenant, LocalDate asOf) {
        return jdbc.sql("""
                        SELECT currency, sum(amount) AS debit FROM patchbay.transfer
                        WHERE tenant_id = :tenant AND value_on <= :asOf GROUP BY currency ORDER BY currency""")
                .param("tenant", tenant.value())
                .param("asOf", asOf)
                .query((row, number) -> {
                    // Each transfer is a debit of one account and a credit of another.
                    String sum = text(row.getBigDecimal("debit"));
                    return new CurrencyTotal(row.getString("currency"), sum, sum);
                })
                .list();
    }

    List<AccountBalance> listBalances(TenantId tenant, LocalDate asOf, String after, int limit) {
        return jdbc.sql("""
                        SELECT a.account_id, a.kind, a.client_id, a.currency,
                          (SELECT coalesce(sum(t.amount), 0) FROM patchbay.transfer t WHERE t.tenant_id = a.tenant_id
                             AND t.debit = a.account_id AND t.value_on <= :asOf) AS debit,
                          (SELECT coalesce(sum(t.amount), 0) FROM patchbay.transfer t WHERE t.tenant_id = a.tenant_id
                             AND t.credit = a.account_id AND t.value_on <= :asOf) AS credit
                        FROM patchbay.account a WHERE a.tenant_id = :tenant AND a.account_id > :after
                        ORDER BY a.account_id LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("asOf", asOf)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) -> new AccountBalance(
                        row.getString("account_id"),
                        AccountKind.valueOf(row.getString("kind")),
                        row.getString("client_id"),
                        row.getString("currency"),
                        text(row.getBigDecimal("debit")),
                        text(row.getBigDecimal("credit")),
                        text(row.getBigDecimal("debit").subtract(row.getBigDecimal("credit")))))
                .list();
    }

    /** Returns the transfers of an account by source and number, after the given position. */
    List<Transfer> listTransfers(TenantId tenant, String account, String afterSource, int afterN, int limit) {
        return jdbc.sql("""
                        SELECT * FROM patchbay.transfer
                        WHERE tenant_id = :tenant AND (debit = :account OR credit = :account)
                          AND (source, n) > (:source, :n)
                        ORDER BY source, n LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("account", account)
                .param("source", afterSource)
                .param("n", afterN)
                .param("limit", limit)
                .query((row, number) -> new Transfer(
                        row.getString("source"),
                        row.getInt("n"),
                        row.getString("debit"),
                        row.getString("credit"),
                        text(row.getBigDecimal("amount")),
                        row.getString("currency"),
                        row.getObject("value_on", LocalDate.class),
                        row.getTimestamp("booked_at").toInstant(),
                        row.getString("reverses_source")))
                .list();
    }

    private static String text(BigDecimal amount) {
        return amount.toPlainString();
    }
}
