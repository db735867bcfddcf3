package dev.patchbay.connections.internal;

import dev.patchbay.kernel.Environment;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Settings of health checks, base addresses and key rotation. */
@ConfigurationProperties("patchbay")
record ConnectionSettings(
        @DefaultValue("prod") Environment environment,
        @DefaultValue Connections connections) {

    /**
     * Settings under {@code patchbay.connections}.
     *
     * @param healthCheckInterval time between two health checks of a connection, varied by a tenth either way
     * @param healthCheckPollInterval how often a worker claims due health checks
     * @param anyBaseUrl whether a connection may have another base address than its provider's in prod as well
     * @param keyCheckInterval how often a process reads the key file and rewraps tenants' keys
     * @param retiredKeyRetention how long a rotated data key still opens data; longer than any sealed data is kept
     */
    record Connections(
            @DefaultValue("15m") Duration healthCheckInterval,
            @DefaultValue("10s") Duration healthCheckPollInterval,
            @DefaultValue("false") boolean anyBaseUrl,
            @DefaultValue("5s") Duration keyCheckInterval,
            @DefaultValue("400d") Duration retiredKeyRetention) {}

    boolean allowsAnyBaseUrl() {
        return environment != Environment.PROD || connections.anyBaseUrl();
    }
}
