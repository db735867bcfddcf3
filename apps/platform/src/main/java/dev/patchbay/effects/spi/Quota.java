package dev.patchbay.effects.spi;

import java.time.Duration;

/**
 * How many requests a provider, or a flow's author, allows in any period of a length.
 *
 * @param bucket names the requests of a connection that are counted together, for example {@code burst}
 * @param count the maximum of requests in any period
 * @param per the length of the period
 * @param cost how many requests one call sends; at most {@code count}
 */
public record Quota(String bucket, int count, Duration per, int cost) {

    public Quota {
        if (count < 1 || cost < 1 || !per.isPositive()) {
            throw new IllegalArgumentException("the quota " + bucket + " must allow at least one request");
        }
        cost = Math.min(cost, count);
    }

    /** A quota of which each call takes one request. */
    public Quota(String bucket, int count, Duration per) {
        this(bucket, count, per, 1);
    }
}
