package dev.patchbay.ingress.ingestion;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How ingestion behaves under load.
 *
 * @param storeTimeout an event that is not durable by then is answered 429; below every vendor's own timeout
 * @param maxBodyMemory memory that the bodies of all webhooks being read may take together; beyond it they are answered 429
 * @param bodyTimeout how long one body may take to arrive
 */
@ConfigurationProperties("patchbay.ingress")
record IngressSettings(
        @DefaultValue("5s") Duration storeTimeout,
        @DefaultValue("64MB") DataSize maxBodyMemory,
        @DefaultValue("10s") Duration bodyTimeout) {}
