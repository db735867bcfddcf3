package dev.patchbay.billing.ledger;

import dev.patchbay.kernel.ClientId;
import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * An account of one currency.
 *
 * @param id its place in the chart of accounts, for example {@code revenue/cli_1/talk/USD}
 * @param client null for an account that belongs to no client
 */
public record Account(String id, AccountKind kind, @Nullable ClientId client, Currency currency) {

    public static Account receivable(ClientId client, Currency currency) {
        return new Account("receivable/" + client + "/" + currency, AccountKind.RECEIVABLE, client, currency);
    }

    public static Account revenue(ClientId client, String charge, Currency currency) {
        return new Account("revenue/" + client + "/" + charge + "/" + currency, AccountKind.REVENUE, client, currency);
    }

    public static Account tax(BigDecimal percent, Currency currency) {
        return new Account("tax/" + percent.toPlainString() + "/" + currency, AccountKind.TAX, null, currency);
    }
}
