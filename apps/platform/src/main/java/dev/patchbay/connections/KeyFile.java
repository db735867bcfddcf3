package dev.patchbay.connections;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Objects;

/**
 * Changes the file of the key-encryption keys: {@code java -jar patchbay.jar keys <command> <file>}. The file is replaced
 * atomically and readable by its owner only; running processes read it again by themselves.
 */
public final class KeyFile {

    private KeyFile() {}

    /**
     * @param command {@code create} creates the file; {@code add} adds a key that unwraps but does not wrap yet;
     *     {@code promote} makes the newest key the primary one, which wraps; {@code drop} deletes all but the primary key;
     *     {@code show} changes nothing
     * @return the ids of the keys now in the file, the primary one marked with a star
     * @throws IllegalArgumentException when the command is unknown
     */
    public static String run(String command, Path file) throws IOException, GeneralSecurityException {
        AeadConfig.register();
        if (command.equals("create")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return write(file, KeysetHandle.newBuilder().addEntry(generate().makePrimary()));
        }
        KeysetHandle keys = TinkJsonProtoKeysetFormat.parseKeyset(
                Files.readString(file), RegistryConfiguration.get(), InsecureSecretKeyAccess.get());
        var changed = KeysetHandle.newBuilder(keys);
        return switch (command) {
            case "add" -> write(file, changed.addEntry(generate()));
            case "promote" -> {
                changed.getAt(changed.size() - 1).makePrimary();
                yield write(file, changed);
            }
            case "drop" ->
                write(
                        file,
                        KeysetHandle.newBuilder()
                                .addEntry(
                                        KeysetHandle.importKey(keys.getPrimary().getKey())
                                                .withFixedId(keys.getPrimary().getId())
                                                .makePrimary()));
            case "show" -> show(keys);
            default -> throw new IllegalArgumentException("keys create, add, promote, drop or show, and a file");
        };
    }

    private static KeysetHandle.Builder.Entry generate() {
        return KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                .withRandomId();
    }

    private static String write(Path file, KeysetHandle.Builder changed) throws IOException, GeneralSecurityException {
        KeysetHandle keys = changed.build();
        Path temporary = Files.createTempFile(
                Objects.requireNonNull(file.toAbsolutePath().getParent()),
                "kek",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                temporary,
                TinkJsonProtoKeysetFormat.serializeKeyset(
                        keys, RegistryConfiguration.get(), InsecureSecretKeyAccess.get()));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        return show(keys);
    }

    private static String show(KeysetHandle keys) {
        var ids = new StringBuilder();
        for (int i = 0; i < keys.size(); i++) {
            ids.append(ids.isEmpty() ? "" : " ")
                    .append(keys.getAt(i).getId())
                    .append(keys.getAt(i).isPrimary() ? "*" : "");
        }
        return ids.toString();
    }
}
