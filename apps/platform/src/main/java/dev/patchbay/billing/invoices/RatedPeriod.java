package dev.patchbay.billing.invoices;

import dev.patchbay.billing.rating.RatedLine;
import dev.patchbay.billing.subscriptions.BillingPeriod;
import java.util.List;

/**
 * A period rated from the records up to a cutoff.
 *
 * @param upto the last sequence number that was read
 * @param inputs the digest of everything that the rating was computed from
 */
record RatedPeriod(BillingPeriod period, long upto, List<RatedLine> lines, byte[] inputs) {

    byte[] result() {
        return RatingDigest.ofLines(lines);
    }
}
