package dev.patchbay.connections.internal;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.patchbay.kernel.Hashing;
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

    private final VaultSettings settings;
    private final JdbcClient jdbc;
    private volatile KeysetHandle keyEncryptionKeys;

    Vault(VaultSettings settings, JdbcClient jdbc) {
        this.settings = settings;
        this.jdbc = jdbc;
        this.keyEncryptionKeys = KeyEncryptionKey.keys(settings);
    }

    /** Takes the key-encryption keys as they now are in their file; returns which of them wraps. */
    int reload() {
        keyEncryptionKeys = KeyEncryptionKey.keys(settings);
        return keyEncryptionKeys.getPrimary().getId();
    }

    /** One tenant's data keys, unwrapped for as long as they are needed; within the tenant's transaction. */
    DataKey of(TenantId tenant) {
        return key(tenant, unwrap(tenant, ""));
    }

    private static DataKey key(TenantId tenant, KeysetHandle keys) {
        return new DataKey(tenant, CryptoOperation.of(() -> keys.getPrimitive(RegistryConfiguration.get(), Aead.class)));
    }

    private byte[] wrapped(TenantId tenant, String lock) {
        return jdbc.sql("SELECT wrapped FROM patchbay.tenant_key WHERE tenant_id = :tenant" + lock)
                .param("tenant", tenant.value())
                .query(byte[].class)
                .optional()
                .orElseGet(() -> create(tenant));
    }

    /** Of two that create at once, the second waits for the first and then finds its key. */
    private byte[] create(TenantId tenant) {
        KeysetHandle fresh = CryptoOperation.of(
                () -> KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get()));
        write(
                tenant,
                fresh,
                "INSERT INTO patchbay.tenant_key (tenant_id, wrapped, kek_id) VALUES (:tenant, :wrapped, :kek)"
                        + " ON CONFLICT DO NOTHING");
        return wrapped(tenant, "");
    }

    /** Wraps the tenant's data keys with the present key-encryption key. */
    void rewrap(TenantId tenant) {
        write(
                tenant,
                unwrap(tenant, " FOR UPDATE"),
                "UPDATE patchbay.tenant_key SET wrapped = :wrapped, kek_id = :kek WHERE tenant_id = :tenant");
    }

    /**
     * Gives the tenant a new data key, which seals from here on; the one before it still opens.
     *
     * @param forgetOlder whether the ones before that are dropped: nothing that rests may need them
     */
    DataKey rotate(TenantId tenant, boolean forgetOlder) {
        KeysetHandle before = unwrap(tenant, " FOR UPDATE");
        KeysetHandle after = CryptoOperation.of(() -> {
            var keys = KeysetHandle.newBuilder(before)
                    .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                            .withRandomId()
                            .makePrimary());
            while (forgetOlder && keys.size() > 2) {
                keys.deleteAt(0);
            }
            return keys.build();
        });
        write(
                tenant,
                after,
                "UPDATE patchbay.tenant_key SET wrapped = :wrapped, kek_id = :kek, rotated_at = clock_timestamp()"
                        + " WHERE tenant_id = :tenant");
        return key(tenant, after);
    }

    private void write(TenantId tenant, KeysetHandle keys, String statement) {
        KeysetHandle wrapping = keyEncryptionKeys;
        jdbc.sql(statement)
                .param("tenant", tenant.value())
                .param("kek", wrapping.getPrimary().getId())
                .param(
                        "wrapped",
                        CryptoOperation.of(() -> TinkProtoKeysetFormat.serializeEncryptedKeyset(
                                keys,
                                KeyEncryptionKey.aead(wrapping),
                                Hashing.utf8(tenant.value()),
                                RegistryConfiguration.get())))
                .update();
    }

    /** Another process may have wrapped it a moment ago, with a key that this one has not read yet. */
    private KeysetHandle unwrap(TenantId tenant, String lock) {
        try {
            return parse(tenant, wrapped(tenant, lock));
        } catch (IllegalStateException unknownKey) {
            reload();
            return parse(tenant, wrapped(tenant, lock));
        }
    }

    private KeysetHandle parse(TenantId tenant, byte[] wrapped) {
        return CryptoOperation.of(() -> TinkProtoKeysetFormat.parseEncryptedKeyset(
                wrapped,
                KeyEncryptionKey.aead(keyEncryptionKeys),
                Hashing.utf8(tenant.value()),
                RegistryConfiguration.get()));
    }

    /** A tenant's data key at work. */
    record DataKey(TenantId tenant, Aead aead) {

        byte[] seal(String connectionId, String name, String secret) {
            return CryptoOperation.of(() -> aead.encrypt(Hashing.utf8(secret), where(connectionId, name)));
        }

        String open(String connectionId, String name, byte[] sealed) {
            byte[] clear = CryptoOperation.of(() -> aead.decrypt(sealed, where(connectionId, name)));
            return new String(clear, StandardCharsets.UTF_8);
        }

        byte[] sealBytes(String place, byte[] clear) {
            return CryptoOperation.of(() -> aead.encrypt(clear, where("", place)));
        }

        byte[] openBytes(String place, byte[] sealed) {
            return CryptoOperation.of(() -> aead.decrypt(sealed, where("", place)));
        }

        /** Ids hold no line end, so no two places share one. */
        private byte[] where(String connectionId, String name) {
            return Hashing.utf8(tenant.value() + "\n" + connectionId + "\n" + name);
        }

        @Override
        public String toString() {
            return "Key[" + tenant + "]";
        }
    }

    /** What is sealed with another key, or for another place, cannot be opened by trying again. */
    @FunctionalInterface
    private interface CryptoOperation<T> {

        T work() throws GeneralSecurityException;

        static <T> T of(CryptoOperation<T> cryptoOperation) {
            try {
                return cryptoOperation.work();
            } catch (GeneralSecurityException wrongKeyOrPlace) {
                throw new IllegalStateException("a sealed secret does not open here", wrongKeyOrPlace);
            }
        }
    }
}
