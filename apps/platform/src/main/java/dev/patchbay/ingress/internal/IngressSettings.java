package dev.patchbay.ingress.internal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How ingress behaves under load and how long it remembers.
 *
 * @param storeWithin an arrival that is not durable by then is answered 429; below every vendor's patience
 * @param keepRaw raw bodies leave when their whole month is older
 * @param keepEvents events, their keys and their dispatch leave when their whole month is older
 */
@ConfigurationProperties("patchbay.ingress")
record IngressSettings(
        @DefaultValue("5s") Duration storeWithin,
        @DefaultValue("90d") Duration keepRaw,
        @DefaultValue("400d") Duration keepEvents) {}
