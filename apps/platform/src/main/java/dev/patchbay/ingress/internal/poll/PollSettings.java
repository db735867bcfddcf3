package dev.patchbay.ingress.internal.poll;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How vendors are asked for what they did not tell.
 *
 * @param every how often each stream is read
 * @param again how soon, after the vendor could not be read
 * @param reach how far back the first reading of a connection goes; what is older than that is its past, not ours
 * @param lease how long a process may take for one page before another may take over
 * @param keep figures of days before that are removed
 */
@ConfigurationProperties("patchbay.ingress.poll")
record PollSettings(
        @DefaultValue("1h") Duration every,
        @DefaultValue("5m") Duration again,
        @DefaultValue("24h") Duration reach,
        @DefaultValue("5m") Duration lease,
        @DefaultValue("400d") Duration keep) {}
