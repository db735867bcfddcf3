package dev.patchbay.kernel.web;

import dev.patchbay.kernel.Environment;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many requests a minute are answered, of each kind of sender. Whoever has sent none for a while may send a minute's worth
 * at once.
 *
 * @param environment in dev everything is ten times as much: there one machine plays everybody
 */
@ConfigurationProperties("patchbay")
record LimitSettings(
        @DefaultValue("prod") Environment environment,
        @DefaultValue ApiLimits apiLimits) {

    /**
     * What is set under {@code patchbay.api-limits}.
     *
     * @param caller of one service token or user ({@code PATCHBAY_API_LIMITS_CALLER})
     * @param address of one address, an IPv6 network of 64 bits counting as one ({@code PATCHBAY_API_LIMITS_ADDRESS})
     * @param signIn how often one address may begin or end to sign in ({@code PATCHBAY_API_LIMITS_SIGN_IN}); each time something is
     *     kept, or the issuer is asked
     * @param failures how often one address may show a credential that is none ({@code PATCHBAY_API_LIMITS_FAILURES})
     */
    record ApiLimits(
            @DefaultValue("3000") int caller,
            @DefaultValue("6000") int address,
            @DefaultValue("60") int signIn,
            @DefaultValue("60") int failures) {}

    int caller() {
        return apiLimits.caller() * scale();
    }

    int address() {
        return apiLimits.address() * scale();
    }

    int signIn() {
        return apiLimits.signIn() * scale();
    }

    int failures() {
        return apiLimits.failures() * scale();
    }

    private int scale() {
        return environment == Environment.DEV ? 10 : 1;
    }
}
