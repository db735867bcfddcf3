package dev.patchbay.connections.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param attemptTimeout how long one request may take, from connecting to the last byte of its answer
 * @param allowPrivateAddresses whether providers may be at private addresses: for the sandbox only
 */
@ConfigurationProperties("patchbay.http")
record HttpSettings(
        @DefaultValue("10s") Duration attemptTimeout,
        @DefaultValue("false") boolean allowPrivateAddresses) {}
