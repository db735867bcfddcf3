package dev.patchbay.connections;

import dev.patchbay.kernel.TenantId;

/**
 * Seals stored data with the tenant's data key (AES-256-GCM, wrapped by the key-encryption key). Tenant and place are
 * authenticated: sealed bytes that were moved to another tenant or place do not open.
 */
public interface Sealing {

    /** @param place where the bytes will be stored, for example {@code raw/evt_…}; needed again to open them */
    byte[] seal(TenantId tenant, String place, byte[] clear);

    /**
     * @throws IllegalStateException when the bytes were sealed for another tenant or place
     */
    byte[] open(TenantId tenant, String place, byte[] sealed);
}
