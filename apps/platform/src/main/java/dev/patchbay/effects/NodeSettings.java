package dev.patchbay.effects;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * This process among its peers, and its timings.
 *
 * @param id unique among the processes on one database; empty: the data directory names it
 * @param lease how long peers believe this process alive after its last renewal
 * @param actWindow how long one attempt may send and wait
 * @param settle how long after that window a provider without idempotency keys may still carry a request out
 * @param smsSettle as {@code settle}, for texts: carriers' lists lag
 * @param retryDelay the delay after the first failed attempt; doubles, with jitter
 * @param pollInterval how often this process polls for due runs, for runs of dead peers and for effects whose time has run out
 * @param maxRuns how many runs this process executes at once; further events and runs wait in the database
 */
@ConfigurationProperties("patchbay.node")
public record NodeSettings(
        @DefaultValue("") String id,
        @DefaultValue("15s") Duration lease,
        @DefaultValue("15s") Duration actWindow,
        @DefaultValue("15s") Duration settle,
        @DefaultValue("90s") Duration smsSettle,
        @DefaultValue("5s") Duration retryDelay,
        @DefaultValue("1s") Duration pollInterval,
        @DefaultValue("256") int maxRuns) {}
