package dev.patchbay.flows.run;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How echoes of our own effects are told from events from outside.
 *
 * @param remember how long after an effect an event about what it made counts as its echo
 * @param waitFor how long an event waits for an effect under way that may have caused it; then it counts as one from outside
 * @param skew how far this process's clock may be ahead of the database's
 */
@ConfigurationProperties("patchbay.own-effects")
record EchoSettings(
        @DefaultValue("10m") Duration remember,
        @DefaultValue("2m") Duration waitFor,
        @DefaultValue("2s") Duration skew) {}
