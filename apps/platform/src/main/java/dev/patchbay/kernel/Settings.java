package dev.patchbay.kernel;

import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings that every context may need.
 *
 * @param environment {@code PATCHBAY_ENVIRONMENT}, by default prod
 * @param publicUrl the address that providers and browsers call, without a trailing slash ({@code PATCHBAY_PUBLIC_URL})
 * @param dataDir the directory for files of this installation ({@code PATCHBAY_DATA_DIR})
 * @param roles the roles of this process: {@code ingress}, {@code worker}, {@code api} ({@code PATCHBAY_ROLES})
 */
@ConfigurationProperties("patchbay")
public record Settings(
        @DefaultValue("prod") Environment environment,
        @DefaultValue("http://127.0.0.1:8080") URI publicUrl,
        @DefaultValue(".patchbay") Path dataDir,
        @DefaultValue({"ingress", "worker", "api"}) Set<String> roles) {}
