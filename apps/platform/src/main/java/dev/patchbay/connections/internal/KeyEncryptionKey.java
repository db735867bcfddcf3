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

/** The key that wraps every tenant's data key. It lives in a file that the database's backups do not hold. */
final class KeyEncryptionKey {

    private KeyEncryptionKey() {}

    static Aead of(VaultSettings settings) {
        return aead(keys(settings));
    }

    static Aead aead(KeysetHandle keys) {
        try {
            return keys.getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("the key-encryption key cannot be used", unusable);
        }
    }

    /** As the file is now; during a rotation it holds several. */
    static KeysetHandle keys(VaultSettings settings) {
        boolean named = !settings.kekFile().isEmpty();
        if (!named && settings.environment() == Environment.PROD) {
            throw new IllegalStateException(
                    "PATCHBAY_KEK_FILE must name the key-encryption key: in prod none is made up,"
                            + " because whoever loses it loses every connection's secrets");
        }
        Path file = named ? Path.of(settings.kekFile()) : settings.dataDir().resolve("kek.json");
        try {
            AeadConfig.register();
            if (!named) {
                createIfAbsent(settings.dataDir(), file);
            }
            return TinkJsonProtoKeysetFormat.parseKeyset(
                    Files.readString(file), RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalStateException("the key-encryption key " + file + " cannot be used", unreadable);
        }
    }

    /** Written aside and linked into place, so that of two processes that start at once both read the same whole key. */
    private static void createIfAbsent(Path directory, Path file) throws IOException, GeneralSecurityException {
        if (Files.exists(file)) {
            return;
        }
        Path home = Files.createDirectories(directory);
        Path aside = Files.createTempFile(
                home,
                "kek",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var fresh = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get());
        Files.writeString(
                aside,
                TinkJsonProtoKeysetFormat.serializeKeyset(
                        fresh, RegistryConfiguration.get(), InsecureSecretKeyAccess.get()));
        try {
            Files.createLink(file, aside);
        } catch (FileAlreadyExistsException anotherWasFirst) {
            // Its key is the one that counts.
        } finally {
            Files.delete(aside);
        }
    }
}
