package dev.patchbay.connections.internal;

import dev.patchbay.kernel.Environment;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The file of the key-encryption keys.
 *
 * @param kekFile a Tink keyset in JSON ({@code PATCHBAY_KEK_FILE}); empty outside prod: {@code kek.json} in the data
 *     directory, created when absent
 */
@ConfigurationProperties("patchbay")
record VaultSettings(
        @DefaultValue("") String kekFile,
        @DefaultValue("prod") Environment environment,
        @DefaultValue(".patchbay") Path dataDir) {}
