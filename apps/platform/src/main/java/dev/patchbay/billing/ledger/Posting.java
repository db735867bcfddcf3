package dev.patchbay.billing.ledger;

import dev.patchbay.kernel.Money;
import java.time.LocalDate;
import java.util.List;

/**
 * A journal entry: all transfers of one business fact, which can be posted once.
 *
 * @param source the business fact, for example {@code invoice/inv_1}
 * @param valueOn the day on which it counts
 */
public record Posting(String source, LocalDate valueOn, List<Movement> movements) {

    public Posting {
        movements = List.copyOf(movements);
    }

    /** An amount from one account to another. A negative amount goes the other way, and zero is not posted. */
    public record Movement(Account debit, Account credit, Money amount) {

        Movement positive() {
            return amount.minorUnits() < 0
                    ? new Movement(/* debit= */ credit, /* credit= */ debit, amount.negate())
                    : this;
        }
    }
}
