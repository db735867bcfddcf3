package dev.patchbay.connections.internal;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.patchbay.kernel.Environment;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;

/** Reads the key-encryption keys, which wrap every tenant's data key, from a file that no database backup contains. */
final class KeyEncryptionKey {

    private KeyEncryptionKey() {}

    static Aead of(VaultSettings settings) {
        return aead(readKeyset(settings));
    }

    static Aead aead(KeysetHandle keys) {
        try {
            return keys.getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("the key-encryption key cannot be used", unusable);
        }
    }

    /** The present contents of the file; several keys while one is rotated. */
    static KeysetHandle readKeyset(VaultSettings settings) {
        boolean configured = !settings.kekFile().isEmpty();
        if (!configured && settings.environment() == Environment.PROD) {
            throw new IllegalStateException(
                    "PATCHBAY_KEK_FILE must name the key-encryption key: in prod none is generated,"
                            + " because losing it loses every connection's secrets");
        }
        Path file =
                configured ? Path.of(settings.kekFile()) : settings.dataDir().resolve("kek.json");
        try {
            AeadConfig.register();
            if (!configured) {
                createIfAbsent(settings.dataDir(), file);
            }
            return TinkJsonProtoKeysetFormat.parseKeyset(
                    Files.readString(file), RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalStateException("the key-encryption key " + file + " cannot be used", unreadable);
        }
    }

    /** Writes a temporary file and links it into place, so that processes that start at once read the same complete key. */
    private static void createIfAbsent(Path directory, Path file) throws IOException, GeneralSecurityException {
        if (Files.exists(file)) {
            return;
        }
        Path parent = Files.createDirectories(directory);
        Path temporary = Files.createTempFile(
                parent,
                "kek",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var keys = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get());
        Files.writeString(
                temporary,
                TinkJsonProtoKeysetFormat.serializeKeyset(
                        keys, RegistryConfiguration.get(), InsecureSecretKeyAccess.get()));
        try {
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException anotherWasFirst) {
            // The other process's key is used.
        } finally {
            Files.delete(temporary);
        }
    }
}
