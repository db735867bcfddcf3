package dev.patchbay.idempotency.internal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long keys mean something.
 *
 * @param keep from the first request on
 * @param lease how long a request may take; when its process dies, its key is free again after that
 * @param atOnce so many requests with a key are held in memory at once, of at most 1 MiB each; another is told to come again
 * @param sweepEvery how often old keys are removed
 */
@ConfigurationProperties("patchbay.idempotency")
record IdempotencySettings(
        @DefaultValue("24h") Duration keep,
        @DefaultValue("60s") Duration lease,
        @DefaultValue("64") int atOnce,
        @DefaultValue("10m") Duration sweepEvery) {}
