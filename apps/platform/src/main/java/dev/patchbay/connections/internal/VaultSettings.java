package dev.patchbay.connections.internal;

import dev.patchbay.kernel.Environment;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the key-encryption key is.
 *
 * @param kekFile a Tink keyset in JSON ({@code PATCHBAY_KEK_FILE}); empty outside prod: {@code kek.json} in the data
 *     directory, made when absent
 */
@ConfigurationProperties("patchbay")
record VaultSettings(
        @DefaultValue("") String kekFile,
        @DefaultValue("prod") Environment environment,
        @DefaultValue(".patchbay") Path dataDir) {}
