package dev.patchbay.upgrade;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import dev.patchbay.kernel.Json;
import dev.patchbay.upgrade.ReleaseFixture.Addresses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** Queued mails as release 0.1 sealed them. Their expiry and the platform's address are inside the seal. */
final class SealedMails {

    private final Connection connection;
    private final Aead keyEncryptionKey;

    SealedMails(Connection connection, Path keyFile) throws IOException, GeneralSecurityException {
        AeadConfig.register();
        this.connection = connection;
        this.keyEncryptionKey = TinkJsonProtoKeysetFormat.parseKeyset(
                        Files.readString(keyFile), RegistryConfiguration.get(), InsecureSecretKeyAccess.get())
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    /** Opens each, shifts its times, replaces the address, and seals it again with the same key. */
    void move(ReleaseFixture fixture, Addresses addresses) throws SQLException, GeneralSecurityException {
        try (var statement = connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE);
                var rows = statement.executeQuery("""
                        SELECT m.tenant_id, m.mail_id, m.sealed FROM patchbay.mail m WHERE m.sealed IS NOT NULL""")) {
            while (rows.next()) {
                Aead key = keyOf(rows.getString("tenant_id"));
                byte[] place = bytes(rows.getString("tenant_id") + "\n\nmail/" + rows.getString("mail_id"));
                String clear = new String(key.decrypt(rows.getBytes("sealed"), place), StandardCharsets.UTF_8)
                        .replace(fixture.about("/sealedAddress"), addresses.platform());
                var mail = (ObjectNode) Json.read(bytes(clear));
                mail.put(
                        "until",
                        Instant.parse(mail.path("until").asString())
                                .plus(fixture.moved())
                                .toString());
                rows.updateBytes("sealed", key.encrypt(bytes(Json.write(mail)), place));
                rows.updateRow();
            }
        }
    }

    private Aead keyOf(String tenant) throws SQLException, GeneralSecurityException {
        try (var query = connection.prepareStatement("SELECT wrapped FROM patchbay.tenant_key WHERE tenant_id = ?")) {
            query.setString(1, tenant);
            try (var rows = query.executeQuery()) {
                rows.next();
                return TinkProtoKeysetFormat.parseEncryptedKeyset(
                                rows.getBytes(1), keyEncryptionKey, bytes(tenant), RegistryConfiguration.get())
                        .getPrimitive(RegistryConfiguration.get(), Aead.class);
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
