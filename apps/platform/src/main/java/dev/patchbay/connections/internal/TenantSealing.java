package dev.patchbay.connections.internal;

import dev.patchbay.connections.Sealing;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Seals with the tenants' data keys, which it keeps unwrapped for a while. */
@Component
final class TenantSealing implements Sealing {

    private static final Duration KEY_CACHE_LIFETIME = Duration.ofMinutes(10);

    private final Vault vault;
    private final Tenancy tenancy;
    private final PositiveCache<TenantId, DataKey> keys;

    TenantSealing(Vault vault, Tenancy tenancy, Clock clock) {
        this.vault = vault;
        this.tenancy = tenancy;
        this.keys = new PositiveCache<>(clock, KEY_CACHE_LIFETIME);
    }

    @Override
    public byte[] seal(TenantId tenant, String place, byte[] clear) {
        return findKey(tenant).sealBytes(place, clear);
    }

    @Override
    public byte[] open(TenantId tenant, String place, byte[] sealed) {
        try {
            return findKey(tenant).openBytes(place, sealed);
        } catch (IllegalStateException newerKey) {
            // Another process may have sealed it with a data key that is newer than the cached one.
            keys.invalidateAll();
            return findKey(tenant).openBytes(place, sealed);
        }
    }

    private DataKey findKey(TenantId tenant) {
        return keys.find(tenant, () -> Optional.of(tenancy.inTenant(tenant, () -> vault.unwrapKey(tenant))))
                .orElseThrow();
    }
}
