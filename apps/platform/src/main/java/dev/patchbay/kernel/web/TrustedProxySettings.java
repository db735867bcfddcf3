package dev.patchbay.kernel.web;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The proxies in front of the platform.
 *
 * @param trustedProxies addresses or blocks, such as {@code 10.0.0.0/8}, from which {@code X-Forwarded-For} is accepted
 *     ({@code PATCHBAY_TRUSTED_PROXIES}); by default none
 */
@ConfigurationProperties("patchbay")
record TrustedProxySettings(@DefaultValue List<String> trustedProxies) {

    TrustedProxySettings {
        trustedProxies = List.copyOf(trustedProxies);
    }
}
