package dev.patchbay.ingress.internal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long ingress keeps what it stored.
 *
 * @param keepRaw raw bodies are dropped when their whole month is older
 * @param keepEvents events, their keys and their dispatch rows are dropped when their whole month is older
 * @param keepRejections rejected requests are deleted when they are older
 */
@ConfigurationProperties("patchbay.ingress")
record EventRetentionSettings(
        @DefaultValue("90d") Duration keepRaw,
        @DefaultValue("400d") Duration keepEvents,
        @DefaultValue("30d") Duration keepRejections) {}
