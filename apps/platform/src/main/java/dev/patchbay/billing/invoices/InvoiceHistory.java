package dev.patchbay.billing.invoices;

import dev.patchbay.kernel.Money;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The invoices of a subscription so far. Void invoices and credit notes bill nothing: a credit note takes money back without
 * changing what the period comes to.
 *
 * @param billed the amounts by period and charge
 * @param invoiced the periods that have an invoice
 * @param carried the periods whose total was below the least amount
 * @param voided the periods that had an invoice which is void
 * @param cutoff the cutoff of the newest invoice; 0 before the first
 */
record InvoiceHistory(
        Map<Key, Money> billed, Set<Integer> invoiced, Set<Integer> carried, Set<Integer> voided, long cutoff) {

    /** A charge in a period. */
    record Key(int n, String charge) {}

    /** Returns the amount that was billed; empty when there was no line. */
    Optional<Money> findBilled(int n, String charge) {
        return Optional.ofNullable(billed.get(new Key(n, charge)));
    }

    /** Returns whether the period needs no invoice of its own any more. */
    boolean isSettled(int n) {
        return invoiced.contains(n) || carried.contains(n);
    }

    /** Returns whether the period's invoice is void, so that a person decides about the next one. */
    boolean waitsForReissue(int n) {
        return voided.contains(n) && !isSettled(n);
    }
}
