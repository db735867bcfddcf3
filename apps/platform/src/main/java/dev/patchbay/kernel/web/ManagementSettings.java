package dev.patchbay.kernel.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The port for metrics.
 *
 * @param managementPort the port ({@code PATCHBAY_MANAGEMENT_PORT}); 0 means that metrics are at the platform's own port, which
 *     is the default in dev only
 * @param managementAddress the address on which that port listens ({@code PATCHBAY_MANAGEMENT_ADDRESS})
 */
@ConfigurationProperties("patchbay")
record ManagementSettings(
        @DefaultValue("0") int managementPort,
        @DefaultValue("127.0.0.1") String managementAddress) {

    boolean isSeparate() {
        return managementPort != 0;
    }
}
