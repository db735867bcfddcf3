package dev.patchbay.connections.http;

import dev.patchbay.kernel.Environment;
import java.net.URI;
import java.net.URISyntaxException;
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
        @DefaultValue Http http,
        @DefaultValue Oidc oidc) {

    /**
     * What is set under {@code patchbay.http}.
     *
     * @param attemptTimeout how long one request may take, from connecting to the last byte of its answer
     * @param allowPrivateAddresses whether providers may be at private addresses; unless set, only in dev, where the
     *     sandbox is
     */
    record Http(@DefaultValue("10s") Duration attemptTimeout, Optional<Boolean> allowPrivateAddresses) {}

    /**
     * What is read of {@code patchbay.oidc}.
     *
     * @param issuer where people sign in; its host may be inside the network, for that alone
     */
    record Oidc(@DefaultValue("") String issuer) {}

    /** Empty when none is named, or when it is not an address. */
    String issuerHost() {
        try {
            return Optional.ofNullable(new URI(oidc.issuer()).getHost()).orElse("");
        } catch (URISyntaxException refusedAtSignIn) {
            return "";
        }
    }

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
