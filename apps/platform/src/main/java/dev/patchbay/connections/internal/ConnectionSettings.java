package dev.patchbay.connections.internal;

import dev.patchbay.kernel.Environment;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How connections are kept well.
 *
 * @param publicUrl what providers call and browsers come back to, without a trailing slash
 */
@ConfigurationProperties("patchbay")
record ConnectionSettings(
        @DefaultValue("prod") Environment environment,
        @DefaultValue("http://127.0.0.1:8080") URI publicUrl,
        @DefaultValue Connections connections) {

    /**
     * What is set under {@code patchbay.connections}.
     *
     * @param testEvery how long after one self-test the next follows, give or take a tenth
     * @param lookEvery how often a worker looks for tests that are due
     * @param anyBaseUrl whether a connection may name another address than its provider's in prod as well
     * @param resultPage where a browser goes once an account is connected; {@code {id}} is the connection's
     * @param keysEvery how often keys are looked after
     * @param keepKeys how long a data key that was replaced still opens what rests
     */
    record Connections(
            @DefaultValue("15m") Duration testEvery,
            @DefaultValue("10s") Duration lookEvery,
            @DefaultValue("false") boolean anyBaseUrl,
            @DefaultValue("/connections/{id}?connected") String resultPage,
            @DefaultValue("5s") Duration keysEvery,
            @DefaultValue("400d") Duration keepKeys) {}

    boolean mayNameBaseUrl() {
        return environment != Environment.PROD || connections.anyBaseUrl();
    }
}
