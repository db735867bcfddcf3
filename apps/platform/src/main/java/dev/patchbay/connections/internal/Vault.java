package dev.patchbay.connections.internal;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.patchbay.kernel.Json;
import dev.patchbay.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Seals and opens secrets: the key-encryption key wraps a data key per tenant, which seals each secret together with
 * where it belongs. What is moved to another tenant, connection or name does not open.
 */
@Component
final class Vault {

    private final Aead keyEncryptionKey;
    private final JdbcClient jdbc;

    Vault(VaultSettings settings, JdbcClient jdbc) {
        this.keyEncryptionKey = KeyEncryptionKey.of(settings);
        this.jdbc = jdbc;
    }

    /** One tenant's data key, unwrapped for as long as it is needed; within the tenant's transaction. */
    Key of(TenantId tenant) {
        return new Key(tenant, unwrap(tenant, wrapped(tenant)));
    }

    private byte[] wrapped(TenantId tenant) {
        return jdbc.sql("SELECT wrapped FROM patchbay.tenant_key WHERE tenant_id = :tenant")
                .param("tenant", tenant.value())
                .query(byte[].class)
                .optional()
                .orElseGet(() -> create(tenant));
    }

    /** Of two that create at once, the second waits for the first and then finds its key. */
    private byte[] create(TenantId tenant) {
        jdbc.sql(
                        "INSERT INTO patchbay.tenant_key (tenant_id, wrapped) VALUES (:tenant, :wrapped) ON CONFLICT DO NOTHING")
                .param("tenant", tenant.value())
                .param("wrapped", wrap(tenant))
                .update();
        return wrapped(tenant);
    }

    private byte[] wrap(TenantId tenant) {
        return Sealing.of(() -> TinkProtoKeysetFormat.serializeEncryptedKeyset(
                KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get()),
                keyEncryptionKey,
                Json.utf8(tenant.value()),
                RegistryConfiguration.get()));
    }

    private Aead unwrap(TenantId tenant, byte[] wrapped) {
        return Sealing.of(() -> TinkProtoKeysetFormat.parseEncryptedKeyset(
                        wrapped, keyEncryptionKey, Json.utf8(tenant.value()), RegistryConfiguration.get())
                .getPrimitive(RegistryConfiguration.get(), Aead.class));
    }

    /** A tenant's data key at work. */
    record Key(TenantId tenant, Aead aead) {

        byte[] seal(String connectionId, String name, String secret) {
            return Sealing.of(() -> aead.encrypt(Json.utf8(secret), where(connectionId, name)));
        }

        String open(String connectionId, String name, byte[] sealed) {
            byte[] clear = Sealing.of(() -> aead.decrypt(sealed, where(connectionId, name)));
            return new String(clear, StandardCharsets.UTF_8);
        }

        byte[] sealBytes(String place, byte[] clear) {
            return Sealing.of(() -> aead.encrypt(clear, where("", place)));
        }

        byte[] openBytes(String place, byte[] sealed) {
            return Sealing.of(() -> aead.decrypt(sealed, where("", place)));
        }

        /** Ids hold no line end, so no two places share one. */
        private byte[] where(String connectionId, String name) {
            return Json.utf8(tenant.value() + "\n" + connectionId + "\n" + name);
        }

        @Override
        public String toString() {
            return "Key[" + tenant + "]";
        }
    }

    /** What is sealed with another key, or for another place, cannot be opened by trying again. */
    @FunctionalInterface
    private interface Sealing<T> {

        T work() throws GeneralSecurityException;

        static <T> T of(Sealing<T> sealing) {
            try {
                return sealing.work();
            } catch (GeneralSecurityException wrongKeyOrPlace) {
                throw new IllegalStateException("a sealed secret does not open here", wrongKeyOrPlace);
            }
        }
    }
}
