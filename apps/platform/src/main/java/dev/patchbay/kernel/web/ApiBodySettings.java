package dev.patchbay.kernel.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the API's request bodies. Webhooks have settings of their own.
 *
 * @param timeout the time from the first to the last byte of a body
 * @param memory the memory of all bodies that are being read at the same time
 */
@ConfigurationProperties("patchbay.api-bodies")
record ApiBodySettings(
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("64MB") DataSize memory) {}
