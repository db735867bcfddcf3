package dev.patchbay.connections.internal;

import dev.patchbay.kernel.Environment;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How connections are kept well.
 */
@ConfigurationProperties("patchbay")
record ConnectionSettings(
        @DefaultValue("prod") Environment environment,
        @DefaultValue Connections connections) {

    /**
     * What is set under {@code patchbay.connections}.
     *
     * @param testEvery how long after one self-test the next follows, give or take a tenth
     * @param lookEvery how often a worker looks for tests that are due
     * @param anyBaseUrl whether a connection may name another address than its provider's in prod as well
     * @param keysEvery how often keys are looked after
     * @param keepKeys how long a data key that was replaced still opens what rests
     */
    record Connections(
            @DefaultValue("15m") Duration testEvery,
            @DefaultValue("10s") Duration lookEvery,
            @DefaultValue("false") boolean anyBaseUrl,
            @DefaultValue("5s") Duration keysEvery,
            @DefaultValue("400d") Duration keepKeys) {}

    boolean mayNameBaseUrl() {
        return environment != Environment.PROD || connections.anyBaseUrl();
    }
}
