package dev.patchbay.connections.internal;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.patchbay.connections.internal.TenantKeyRepository.WrappedKeys;
import dev.patchbay.kernel.Hashing;
import dev.patchbay.kernel.TenantId;
import org.springframework.stereotype.Component;

/**
 * Wraps and unwraps tenants' data keys (envelope encryption): a key-encryption key from a file wraps one data key per tenant,
 * and the {@link DataKey} seals secrets.
 */
@Component
final class Vault {

    private final VaultSettings settings;
    private final TenantKeyRepository tenantKeys;
    private volatile KeysetHandle keyEncryptionKeys;

    Vault(VaultSettings settings, TenantKeyRepository tenantKeys) {
        this.settings = settings;
        this.tenantKeys = tenantKeys;
        this.keyEncryptionKeys = KeyEncryptionKey.readKeyset(settings);
    }

    /** Reads the key-encryption keys from their file again; returns the id of the primary one, which wraps. */
    int reloadKeyEncryptionKeys() {
        keyEncryptionKeys = KeyEncryptionKey.readKeyset(settings);
        return keyEncryptionKeys.getPrimary().getId();
    }

    /** The tenant's data key, created on first use; within the tenant's transaction. */
    DataKey unwrapKey(TenantId tenant) {
        return dataKey(tenant, unwrap(tenant, find(tenant)));
    }

    private static DataKey dataKey(TenantId tenant, KeysetHandle keys) {
        return new DataKey(
                tenant, CryptoOperation.unchecked(() -> keys.getPrimitive(RegistryConfiguration.get(), Aead.class)));
    }

    private byte[] find(TenantId tenant) {
        return tenantKeys.find(tenant).orElseGet(() -> create(tenant));
    }

    private byte[] lock(TenantId tenant) {
        return tenantKeys.lock(tenant).orElseGet(() -> create(tenant));
    }

    /** Returns another process's key when that one was first. */
    private byte[] create(TenantId tenant) {
        KeysetHandle keys = CryptoOperation.unchecked(
                () -> KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, RegistryConfiguration.get()));
        tenantKeys.insertIfAbsent(tenant, wrap(tenant, keys));
        return find(tenant);
    }

    /** Wraps the tenant's data keys with the present key-encryption key. */
    void rewrap(TenantId tenant) {
        tenantKeys.updateWrapping(tenant, wrap(tenant, unwrap(tenant, lock(tenant))));
    }

    /**
     * Creates a new primary data key, which seals from now on; the previous one still opens.
     *
     * @param dropOlder whether data keys before the previous one are deleted: nothing that is still stored may need them
     */
    DataKey rotate(TenantId tenant, boolean dropOlder) {
        KeysetHandle before = unwrap(tenant, lock(tenant));
        KeysetHandle after = CryptoOperation.unchecked(() -> {
            var keys = KeysetHandle.newBuilder(before)
                    .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                            .withRandomId()
                            .makePrimary());
            while (dropOlder && keys.size() > 2) {
                keys.deleteAt(0);
            }
            return keys.build();
        });
        tenantKeys.updateRotated(tenant, wrap(tenant, after));
        return dataKey(tenant, after);
    }

    private WrappedKeys wrap(TenantId tenant, KeysetHandle keys) {
        KeysetHandle wrapping = keyEncryptionKeys;
        byte[] bytes = CryptoOperation.unchecked(() -> TinkProtoKeysetFormat.serializeEncryptedKeyset(
                keys, KeyEncryptionKey.aead(wrapping), Hashing.utf8(tenant.value()), RegistryConfiguration.get()));
        return new WrappedKeys(bytes, wrapping.getPrimary().getId());
    }

    private KeysetHandle unwrap(TenantId tenant, byte[] wrapped) {
        try {
            return parse(tenant, wrapped);
        } catch (IllegalStateException unknownKey) {
            // Another process may have wrapped it a moment ago, with a key that this process has not read yet.
            reloadKeyEncryptionKeys();
            return parse(tenant, find(tenant));
        }
    }

    private KeysetHandle parse(TenantId tenant, byte[] wrapped) {
        return CryptoOperation.unchecked(() -> TinkProtoKeysetFormat.parseEncryptedKeyset(
                wrapped,
                KeyEncryptionKey.aead(keyEncryptionKeys),
                Hashing.utf8(tenant.value()),
                RegistryConfiguration.get()));
    }
}
