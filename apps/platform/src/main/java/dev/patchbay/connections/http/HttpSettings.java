package dev.patchbay.connections.http;

import dev.patchbay.kernel.Environment;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of outgoing requests.
 *
 * @param environment outside prod, contracts are checked
 */
@ConfigurationProperties("patchbay")
record HttpSettings(
        @DefaultValue("prod") Environment environment,
        @DefaultValue Http http,
        @DefaultValue Oidc oidc) {

    /**
     * Settings under {@code patchbay.http}.
     *
     * @param attemptTimeout maximum duration of one request, from connecting to the last byte of its response
     * @param allowPrivateAddresses whether providers may have private addresses; by default only in dev, for the sandbox
     */
    record Http(@DefaultValue("10s") Duration attemptTimeout, Optional<Boolean> allowPrivateAddresses) {}

    /**
     * The setting of {@code patchbay.oidc} that outgoing requests need.
     *
     * @param issuer the OIDC issuer; its host may have a private address, for sign-in requests only
     */
    record Oidc(@DefaultValue("") String issuer) {}

    /** Empty when no issuer is set, or when it is not a valid address. */
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
