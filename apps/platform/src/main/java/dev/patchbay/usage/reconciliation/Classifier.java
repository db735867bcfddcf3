package dev.patchbay.usage.reconciliation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names differences: the first class that fits.
 *
 * @param products every product that we have recorded for the connection, and whether it is charged for seconds beyond the call
 */
record Classifier(Instant periodStart, Instant periodEnd, Map<String, Boolean> products) {

    private static final BigDecimal MINIMUM = BigDecimal.TEN;

    DifferenceClass classify(Comparison difference) {
        if (difference.isWithoutCall()) {
            return DifferenceClass.ofCharge(difference.product());
        }
        if (isOutside(difference.theirStart()) || isOutside(difference.ourStart())) {
            return DifferenceClass.OTHER_PERIOD;
        }
        if (isDuplicate(difference)) {
            return DifferenceClass.DUPLICATE;
        }
        if (difference.ourStart() == null) {
            return DifferenceClass.UNKNOWN_CALL;
        }
        if (!difference.callIsListed()) {
            return DifferenceClass.ONLY_OURS;
        }
        if (difference.ourQuantity() == null && !products.containsKey(difference.product())) {
            return DifferenceClass.UNKNOWN_PRODUCT;
        }
        // The minimum is one of the call's own seconds, and a surcharge is charged for seconds beyond them.
        if (products.getOrDefault(difference.product(), false)) {
            return DifferenceClass.TOKEN_SURCHARGE;
        }
        if (isMinimum(difference)) {
            return DifferenceClass.MINIMUM;
        }
        if (difference.leg() > 0) {
            return DifferenceClass.TRANSFER_LEG;
        }
        boolean sameQuantity = difference.ourQuantity() != null
                && difference.theirQuantity() != null
                && difference.quantityDifference().signum() == 0;
        return sameQuantity ? DifferenceClass.OTHER_PRICE : DifferenceClass.OTHER_QUANTITY;
    }

    private boolean isOutside(@Nullable Instant start) {
        return start != null && (start.isBefore(periodStart) || !start.isBefore(periodEnd));
    }

    private static boolean isDuplicate(Comparison difference) {
        BigDecimal ours = difference.ourCost();
        BigDecimal theirs = difference.theirCost();
        return difference.lines() > 1
                && ours != null
                && theirs != null
                && ours.multiply(BigDecimal.valueOf(difference.lines())).compareTo(theirs) == 0;
    }

    private static boolean isMinimum(Comparison difference) {
        BigDecimal ours = difference.ourQuantity();
        BigDecimal theirs = difference.theirQuantity();
        return ours != null
                && theirs != null
                && difference.leg() == 0
                && difference.talkSeconds().compareTo(MINIMUM) < 0
                && ours.max(theirs).compareTo(MINIMUM) == 0
                && ours.min(theirs).compareTo(MINIMUM) < 0;
    }
}
