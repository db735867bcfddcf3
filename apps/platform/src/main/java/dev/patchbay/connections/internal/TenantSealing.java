package dev.patchbay.connections.internal;

import dev.patchbay.connections.Sealing;
import dev.patchbay.kernel.TenantId;
import dev.patchbay.kernel.database.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Seals with the tenants' keys, each unwrapped once in a while. */
@Component
final class TenantSealing implements Sealing {

    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Vault vault;
    private final Tenancy tenancy;
    private final PositiveCache<TenantId, Vault.DataKey> keys;

    TenantSealing(Vault vault, Tenancy tenancy, Clock clock) {
        this.vault = vault;
        this.tenancy = tenancy;
        this.keys = new PositiveCache<>(clock, KEPT);
    }

    @Override
    public byte[] seal(TenantId tenant, String place, byte[] clear) {
        return key(tenant).sealBytes(place, clear);
    }

    @Override
    public byte[] open(TenantId tenant, String place, byte[] sealed) {
        try {
            return key(tenant).openBytes(place, sealed);
        } catch (IllegalStateException newerKey) {
            // Another process may have sealed it with a key that is newer than what is remembered here.
            keys.forgetAll();
            return key(tenant).openBytes(place, sealed);
        }
    }

    private Vault.DataKey key(TenantId tenant) {
        return keys.find(tenant, () -> Optional.of(tenancy.inTenant(tenant, () -> vault.of(tenant))))
                .orElseThrow();
    }
}
