package dev.patchbay.connections.internal;

import dev.patchbay.connections.TenantKeys;
import dev.patchbay.kernel.ChangeAudit;
import dev.patchbay.kernel.PeriodicTask;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.TenantScope;
import dev.patchbay.kernel.database.Tenancy;
import org.springframework.stereotype.Component;

/**
 * Rotates keys. Every process periodically reads the key-encryption keys from their file and rewraps the tenants' data keys
 * with the primary one; a tenant's data key is rotated on request.
 */
@Component
final class KeyRotation extends PeriodicTask implements TenantKeys {

    private final Vault vault;
    private final Tenancy tenancy;
    private final TenantKeyRepository tenantKeys;
    private final SecretRepository secrets;
    private final ChangeAudit audit;
    private final ConnectionSettings settings;

    KeyRotation(
            Vault vault,
            Tenancy tenancy,
            TenantKeyRepository tenantKeys,
            SecretRepository secrets,
            ChangeAudit audit,
            ConnectionSettings settings) {
        super("key rotation", settings.connections().keyCheckInterval(), true);
        this.vault = vault;
        this.tenancy = tenancy;
        this.tenantKeys = tenantKeys;
        this.secrets = secrets;
        this.audit = audit;
        this.settings = settings;
    }

    @Override
    protected void runOnce() {
        int kekId = vault.reloadKeyEncryptionKeys();
        tenancy.throughDefinerFunction(() -> tenantKeys.findToRewrap(kekId))
                .forEach(tenant -> tenancy.inTenant(tenant, () -> vault.rewrap(tenant)));
    }

    /** In one transaction: a concurrent reader sees the old key with the secrets it sealed, or the new key with its own. */
    @Override
    public void rotate(TenantId tenant, String actor) {
        tenancy.inTenant(tenant, () -> {
            DataKey before = vault.unwrapKey(tenant);
            DataKey after = vault.rotate(tenant, isOlderThanRetention(tenant));
            secrets.resealAll(tenant, before, after);
            audit.recordChange(TenantScope.of(tenant), actor, "tenant_key.rotated", "tenant_key", null, null);
        });
    }

    /** Whether retention has deleted everything that was sealed before the last rotation. */
    private boolean isOlderThanRetention(TenantId tenant) {
        return tenantKeys.isRotatedBefore(tenant, settings.connections().retiredKeyRetention());
    }
}
