package dev.patchbay.kernel;

import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What every context may need to know about where it runs.
 *
 * @param environment {@code PATCHBAY_ENVIRONMENT}; prod unless told otherwise
 * @param publicUrl what vendors call, without a trailing slash ({@code PATCHBAY_PUBLIC_URL})
 * @param dataDir where files of this installation live ({@code PATCHBAY_DATA_DIR})
 * @param roles what this process does: {@code ingress}, {@code worker}, {@code api}
 */
@ConfigurationProperties("patchbay")
public record Settings(
        @DefaultValue("prod") Environment environment,
        @DefaultValue("http://127.0.0.1:8080") URI publicUrl,
        @DefaultValue(".patchbay") Path dataDir,
        @DefaultValue({"ingress", "worker", "api"}) Set<String> roles) {}
