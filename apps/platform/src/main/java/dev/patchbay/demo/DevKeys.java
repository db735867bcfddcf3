package dev.patchbay.demo;

import dev.patchbay.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

/**
 * The Ed25519 keys of the demo's HighLevel, made once on each machine and kept in the data directory: the sandbox signs
 * with one, the connection verifies with the other.
 *
 * @param privateKey PEM, PKCS#8
 * @param publicKey PEM, X.509
 */
record DevKeys(String privateKey, String publicKey) {

    static DevKeys load(Path dataDir) {
        Path file = dataDir.resolve("highlevel-keys.json");
        try {
            Files.createDirectories(dataDir);
            if (Files.notExists(file)) {
                // Moved atomically: a partial key file would stop every later start.
                Path aside = Files.createTempFile(
                        dataDir, "keys", ".json", PosixFilePermissions.asFileAttribute(DevSecrets.OWNER_ONLY));
                Files.writeString(aside, Json.write(generate()));
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Json.read(Json.read(Files.readAllBytes(file)), DevKeys.class);
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private static DevKeys generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new DevKeys(pem("PRIVATE KEY", pair.getPrivate()), pem("PUBLIC KEY", pair.getPublic()));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static String pem(String kind, Key key) {
        String base64 = Base64.getEncoder().encodeToString(key.getEncoded());
        return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
    }

    @Override
    public String toString() {
        return "DevKeys[" + publicKey + "]";
    }
}
