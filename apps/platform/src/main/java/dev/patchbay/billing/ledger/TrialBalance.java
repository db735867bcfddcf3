package dev.patchbay.billing.ledger;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sums of all accounts. In each currency, debits equal credits.
 *
 * @param asOf the last day whose transfers count
 * @param next the value of {@code after} for the next page; null on the last page
 */
public record TrialBalance(
        LocalDate asOf,
        List<CurrencyTotal> totals,
        List<AccountBalance> items,
        @Nullable String next) {

    public TrialBalance {
        totals = List.copyOf(totals);
        items = List.copyOf(items);
    }

    /** The sums over all accounts of a currency, in major units. */
    public record CurrencyTotal(String currency, String debit, String credit) {}

    /** @param balance the debits less the credits, in major units */
    public record AccountBalance(
            String account,
            AccountKind kind,
            @Nullable String clientId,
            String currency,
            String debit,
            String credit,
            String balance) {}
}
