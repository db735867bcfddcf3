package dev.patchbay.effects.spi;

import java.time.Duration;

/**
 * How much a provider, or a flow's author, allows in any stretch of time.
 *
 * @param bucket names what is counted together within the connection, for example {@code burst}
 * @param count most requests in any stretch of {@code per}
 * @param cost how many requests one call sends; a call that costs more than all there is takes all there is
 */
public record Quota(String bucket, int count, Duration per, int cost) {

    public Quota {
        if (count < 1 || cost < 1 || !per.isPositive()) {
            throw new IllegalArgumentException("the quota " + bucket + " allows nothing");
        }
        cost = Math.min(cost, count);
    }

    /** Counts calls, one each. */
    public Quota(String bucket, int count, Duration per) {
        this(bucket, count, per, 1);
    }
}
