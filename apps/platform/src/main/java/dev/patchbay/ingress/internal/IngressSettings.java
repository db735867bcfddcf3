package dev.patchbay.ingress.internal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How ingress behaves under load and how long it remembers.
 *
 * @param storeWithin an arrival that is not durable by then is answered 429; below every vendor's patience
 * @param bodies how much of webhooks' bodies is held in memory at once; beyond it they are answered 429
 * @param bodyWithin how long a body may take to arrive
 * @param keepRaw raw bodies leave when their whole month is older
 * @param keepEvents events, their keys and their dispatch leave when their whole month is older
 * @param keepRejections refused requests leave when they are older
 */
@ConfigurationProperties("patchbay.ingress")
record IngressSettings(
        @DefaultValue("5s") Duration storeWithin,
        @DefaultValue("64MB") DataSize bodies,
        @DefaultValue("10s") Duration bodyWithin,
        @DefaultValue("90d") Duration keepRaw,
        @DefaultValue("400d") Duration keepEvents,
        @DefaultValue("30d") Duration keepRejections) {}
