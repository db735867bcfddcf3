package dev.patchbay.usage.reconciliation;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One product and leg of a call on both sides, where they differ.
 *
 * @param ourQuantity null where only the provider has it
 * @param theirQuantity null where only we have it
 * @param lines how many lines the provider has for it
 * @param theirStart when the call began, as the provider states it
 * @param ourStart when the call began by our records, within this period or any other; null when we do not know it
 * @param talkSeconds of the call, by our records
 * @param callIsListed whether the provider lists the call at all
 */
record Comparison(
        String subject,
        String product,
        int leg,
        @Nullable BigDecimal ourQuantity,
        @Nullable BigDecimal ourCost,
        @Nullable BigDecimal theirQuantity,
        @Nullable BigDecimal theirCost,
        int lines,
        @Nullable Instant theirStart,
        @Nullable Instant ourStart,
        BigDecimal talkSeconds,
        boolean callIsListed) {

    static final String WITHOUT_CALL = "invoice:";

    boolean isWithoutCall() {
        return subject.startsWith(WITHOUT_CALL);
    }

    BigDecimal amount() {
        return (theirCost == null ? BigDecimal.ZERO : theirCost).subtract(ourCost == null ? BigDecimal.ZERO : ourCost);
    }

    BigDecimal quantityDifference() {
        return (theirQuantity == null ? BigDecimal.ZERO : theirQuantity)
                .subtract(ourQuantity == null ? BigDecimal.ZERO : ourQuantity);
    }
}
