package dev.patchbay.demo;

import dev.patchbay.kernel.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** Credentials of the demo, derived from one random file in the data directory: different on each machine, the same after a restart. */
final class DevSecrets {

    static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String root;

    private DevSecrets(String root) {
        this.root = root;
    }

    static DevSecrets load(Path dataDir) {
        Path file = dataDir.resolve("dev-secret");
        try {
            Files.createDirectories(dataDir);
            if (Files.notExists(file)) {
                byte[] random = new byte[32];
                RANDOM.nextBytes(random);
                Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
                Files.writeString(file, HexFormat.of().formatHex(random), StandardOpenOption.WRITE);
            }
            return new DevSecrets(Files.readString(file));
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    /** 32 hex digits, the same for the same name on this machine. */
    String derive(String name) {
        return HexFormat.of().formatHex(Hashing.sha256(Hashing.utf8(root + ":" + name)), 0, 16);
    }
}
