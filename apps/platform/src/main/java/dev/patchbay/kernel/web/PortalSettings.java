package dev.patchbay.kernel.web;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the portal's files come from.
 *
 * @param directory an export to serve instead of the jar's ({@code PATCHBAY_PORTAL_DIRECTORY}), for work on the portal
 */
@ConfigurationProperties("patchbay.portal")
record PortalSettings(@Nullable Path directory) {}
