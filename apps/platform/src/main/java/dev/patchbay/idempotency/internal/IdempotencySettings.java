package dev.patchbay.idempotency.internal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long keys are valid.
 *
 * @param retention how long a key and its response are kept, from the first request on
 * @param lease how long a request may take; when its process dies, its key is released after that
 * @param maxConcurrent requests with a key that are held in memory at once, of at most 1 MiB each; further ones are answered 429
 * @param pruneInterval how often expired keys are deleted
 */
@ConfigurationProperties("patchbay.idempotency")
record IdempotencySettings(
        @DefaultValue("24h") Duration retention,
        @DefaultValue("60s") Duration lease,
        @DefaultValue("64") int maxConcurrent,
        @DefaultValue("10m") Duration pruneInterval) {}
