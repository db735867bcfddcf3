package dev.patchbay.flows.internal.run;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events that our own acts bring about are told from others.
 *
 * @param remember so long after an act an event about what it made counts as its echo
 * @param waitFor so long an event waits for an act under way that may have caused it; then it counts as one from outside
 * @param skew how far this process's clock may be ahead of the database's
 */
@ConfigurationProperties("patchbay.own-effects")
record EchoSettings(
        @DefaultValue("10m") Duration remember,
        @DefaultValue("2m") Duration waitFor,
        @DefaultValue("2s") Duration skew) {}
