package dev.patchbay.billing.schedule;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The background work of billing.
 *
 * @param pollInterval the time between two passes over the due subscriptions
 * @param retryDelay the time until the next look at a subscription whose invoice failed
 * @param recheckInterval the time between two looks for late usage of subscriptions that have ended
 */
@ConfigurationProperties("patchbay.billing")
record BillingSettings(
        @DefaultValue("1m") Duration pollInterval,
        @DefaultValue("1h") Duration retryDelay,
        @DefaultValue("24h") Duration recheckInterval) {}
