package dev.patchbay.connections;

import dev.patchbay.kernel.TenantId;

/**
 * Seals what rests in the database with the tenant's data key (AES-256-GCM, enveloped by the key-encryption key). What is
 * moved to another tenant or place does not open.
 */
public interface Sealing {

    /** @param place where it will rest, for example {@code raw/evt_…}; needed again to open it */
    byte[] seal(TenantId tenant, String place, byte[] clear);

    /**
     * @throws IllegalStateException when it was sealed for another tenant or place
     */
    byte[] open(TenantId tenant, String place, byte[] sealed);
}
