package dev.patchbay.usage.reconciliation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.patchbay.kernel.ConnectionId;
import dev.patchbay.usage.reports.Amount;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider's invoice beside our records. {@code theirs} is {@code ours} and the amounts of all classes and the rounding.
 *
 * @param state {@code open} while a difference waits for a decision, else {@code settled}; {@code superseded} by a later upload
 * @param theirs the total that the provider states
 * @param ours the sum of our records of the period
 * @param difference of the calls alone, without lines that no call has
 * @param rounding the stated total less the sum of the lines
 * @param calls calls on either side
 * @param matched of these, the ones without a difference
 * @param newer calls of ours that began after the last one on the invoice
 */
public record InvoiceView(
        String id,
        ConnectionId connectionId,
        String provider,
        String month,
        String state,
        Amount theirs,
        Amount ours,
        Amount difference,
        Amount rounding,
        int lines,
        int calls,
        int matched,
        int newer,
        List<ClassSum> byClass,
        Instant receivedAt,
        @Nullable Instant reconciledAt) {

    /** The differences of one class that are not accepted. */
    public record ClassSum(@JsonProperty("class") DifferenceClass name, int count, Amount amount) {}

    /**
     * A difference.
     *
     * @param key identifies it within the invoice, also after the next reconciliation
     * @param callId null for a line without a call
     * @param product null for a whole call
     * @param amount the provider's cost less ours
     */
    public record Difference(
            String key,
            @JsonProperty("class") DifferenceClass name,
            @Nullable String callId,
            @Nullable String product,
            int leg,
            @Nullable String ourQuantity,
            @Nullable Amount ourCost,
            @Nullable String theirQuantity,
            @Nullable Amount theirCost,
            Amount amount,
            Decision decision,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt) {}
}
