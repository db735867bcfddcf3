package dev.patchbay.kernel.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the API's bodies; those of webhooks have settings of their own.
 *
 * @param timeout from the first to the last byte of a body
 * @param memory of all bodies together that are being read
 */
@ConfigurationProperties("patchbay.api-bodies")
record ApiBodySettings(
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("64MB") DataSize memory) {}
