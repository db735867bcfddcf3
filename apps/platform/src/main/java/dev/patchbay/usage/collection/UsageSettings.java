package dev.patchbay.usage.collection;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How usage is collected.
 *
 * @param pollInterval between two looks for due passes
 * @param interval between two passes over the latest usage
 * @param overlap how far such a pass reaches back before the end of the one before: a call is listed by its start, and lasts up
 *     to two hours
 * @param retryDelay before a pass that failed goes on
 * @param lease how long one page may take before another process may take the pass over
 */
@ConfigurationProperties("patchbay.usage")
record UsageSettings(
        @DefaultValue("15s") Duration pollInterval,
        @DefaultValue("5m") Duration interval,
        @DefaultValue("3h") Duration overlap,
        @DefaultValue("1m") Duration retryDelay,
        @DefaultValue("30s") Duration lease) {}
