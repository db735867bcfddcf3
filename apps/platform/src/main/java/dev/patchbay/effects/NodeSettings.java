package dev.patchbay.effects;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * This process among its peers, and how long it may act.
 *
 * @param id unique among the processes on one database; empty: the data directory names it
 * @param lease how long peers believe this process alive without news of it
 * @param actWindow how long one attempt may send and wait
 * @param settle how long after that window a provider may still carry a request out; at a provider without keys
 * @param smsSettle as {@code settle}, for texts: the carrier's lists lag
 * @param retryDelay the wait after the first failed attempt; doubles, with jitter
 * @param look how often this process looks for runs whose time has come, and for those of dead peers
 * @param mostRuns when so many runs are under way here, events wait where they are stored: more would only take turns
 */
@ConfigurationProperties("patchbay.node")
public record NodeSettings(
        @DefaultValue("") String id,
        @DefaultValue("15s") Duration lease,
        @DefaultValue("15s") Duration actWindow,
        @DefaultValue("15s") Duration settle,
        @DefaultValue("90s") Duration smsSettle,
        @DefaultValue("5s") Duration retryDelay,
        @DefaultValue("1s") Duration look,
        @DefaultValue("256") int mostRuns) {}
