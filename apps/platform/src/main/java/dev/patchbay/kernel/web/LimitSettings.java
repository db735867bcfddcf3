package dev.patchbay.kernel.web;

import dev.patchbay.kernel.Environment;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Rate limits in requests per minute. A sender that was idle for a minute may send a whole minute's requests at once.
 *
 * @param environment in dev every limit is ten times as high, because one machine plays every sender
 */
@ConfigurationProperties("patchbay")
record LimitSettings(
        @DefaultValue("prod") Environment environment,
        @DefaultValue ApiLimits apiLimits) {

    /**
     * The settings under {@code patchbay.api-limits}, all in requests per minute.
     *
     * @param caller of one service token or user ({@code PATCHBAY_API_LIMITS_CALLER})
     * @param address of one IP address, or one IPv6 /64 network ({@code PATCHBAY_API_LIMITS_ADDRESS})
     * @param signIn of one address to the sign-in paths ({@code PATCHBAY_API_LIMITS_SIGN_IN}); each of them stores a row or calls
     *     the issuer
     * @param computing of one service token or user, to check flow files and to dry-run flows
     *     ({@code PATCHBAY_API_LIMITS_COMPUTING})
     * @param failures of one address with an invalid credential ({@code PATCHBAY_API_LIMITS_FAILURES})
     */
    record ApiLimits(
            @DefaultValue("3000") int caller,
            @DefaultValue("6000") int address,
            @DefaultValue("60") int signIn,
            @DefaultValue("60") int computing,
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

    int computing() {
        return apiLimits.computing() * scale();
    }

    int failures() {
        return apiLimits.failures() * scale();
    }

    private int scale() {
        return environment == Environment.DEV ? 10 : 1;
    }
}
