package dev.patchbay.ingress.polling;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How providers are polled for facts whose webhooks never arrived.
 *
 * @param interval between two polls of a stream
 * @param retryDelay before the next poll after the provider failed
 * @param lookback how far back the first poll of a connection reads
 * @param lease how long one page may take before another process may take the stream over
 * @param retention how long the facts of a day are kept for reconciliation
 */
@ConfigurationProperties("patchbay.ingress.poll")
record PollSettings(
        @DefaultValue("1h") Duration interval,
        @DefaultValue("5m") Duration retryDelay,
        @DefaultValue("24h") Duration lookback,
        @DefaultValue("5m") Duration lease,
        @DefaultValue("400d") Duration retention) {}
