package dev.patchbay.usage.canary;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The canary.
 *
 * @param tenant the tenant whose usage it is recorded in; empty: there is none
 * @param client its client, best one that no invoice is sent to
 * @param pollInterval between two looks
 */
@ConfigurationProperties("patchbay.usage.canary")
record CanarySettings(
        @DefaultValue("") String tenant,
        @DefaultValue("cli_canary") String client,
        @DefaultValue("1m") Duration pollInterval) {}
