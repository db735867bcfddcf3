package dev.patchbay.connections.http;

import dev.patchbay.kernel.Environment;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How requests go out.
 *
 * @param environment outside prod, contracts are checked
 */
@ConfigurationProperties("patchbay")
record HttpSettings(
        @DefaultValue("prod") Environment environment,
        @DefaultValue Http http) {

    /**
     * What is set under {@code patchbay.http}.
     *
     * @param attemptTimeout how long one request may take, from connecting to the last byte of its answer
     * @param allowPrivateAddresses whether providers may be at private addresses; unless set, only in dev, where the
     *     sandbox is
     */
    record Http(@DefaultValue("10s") Duration attemptTimeout, Optional<Boolean> allowPrivateAddresses) {}

    Duration attemptTimeout() {
        return http.attemptTimeout();
    }

    boolean allowPrivateAddresses() {
        return http.allowPrivateAddresses().orElse(environment == Environment.DEV);
    }

    boolean checkContracts() {
        return environment != Environment.PROD;
    }
}
